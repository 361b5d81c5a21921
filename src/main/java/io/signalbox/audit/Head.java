package io.signalbox.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of the chain so far, or what somebody noted of it elsewhere: the number of a record and its hash.
 *
 * @param hash SHA-256 of the record's bytes, in lower-case hex; 64 zeros before the first record; noted by people it may be
 *     the first digits only
 */
public record Head(long sequence, String hash) {
    static final Head START = new Head(0, "0".repeat(64));

    private static final Pattern NOTED = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{8,64})");
    private static final int SHORT = 12;

    /** As in {@code 4812:9f86d081884c}; throws {@link IllegalArgumentException} saying what is right. */
    public static Head noted(String text) {
        Matcher parts = NOTED.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a record's number and at least eight digits of its hash, as in 4812:9f86d081884c");
        }
        return new Head(Long.parseLong(parts.group(1)), parts.group(2));
    }

    /** The form that {@link #noted} reads. */
    String brief() {
        return sequence + ":" + hash.substring(0, Math.min(SHORT, hash.length()));
    }
}
