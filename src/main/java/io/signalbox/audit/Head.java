package io.signalbox.audit;

/**
 * The end of the chain so far: the number of the newest record and its hash.
 *
 * @param hash SHA-256 of the record's bytes, in lower-case hex; 64 zeros before the first record
 */
record Head(long sequence, String hash) {
    static final Head START = new Head(0, "0".repeat(64));
}
