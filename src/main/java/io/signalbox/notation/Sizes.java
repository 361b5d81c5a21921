package io.signalbox.notation;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of bytes as people write them: {@code 512k}, {@code 100m}, {@code 5g}. */
public final class Sizes {
    public static final String EXAMPLE = "a number and k, m or g, as in 512k, 100m or 5g";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([kmg])");
    private static final String UNITS = "kmg";
    private static final int STEP = 10;

    private Sizes() {}

    /** In bytes, k being 1024 of them; empty where the text is not a size. */
    public static OptionalLong read(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? OptionalLong.of(Long.parseLong(parts.group(1)) << (STEP * (UNITS.indexOf(parts.group(2)) + 1)))
                : OptionalLong.empty();
    }

    /** The shortest form that {@link #read} takes; less than a whole unit is left out. */
    public static String write(long bytes) {
        int unit = 0;
        long amount = bytes >> STEP;
        while (unit < UNITS.length() - 1 && amount != 0 && amount % (1 << STEP) == 0) {
            amount >>= STEP;
            unit++;
        }
        return amount + UNITS.substring(unit, unit + 1);
    }
}
