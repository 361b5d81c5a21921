package io.signalbox.audit;

/**
 * What proves a record's place: where it stands, what it calls itself, and what it and the record before it are hashed to.
 *
 * @param hash SHA-256 in hex of the whole record
 */
record Standing(long offset, long sequence, String previousHash, String hash) {
    static Standing of(long offset, Entry entry) {
        Head head = entry.head();
        return new Standing(offset, head.sequence(), entry.previousHash(), head.hash());
    }
}
