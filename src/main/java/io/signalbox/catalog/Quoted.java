package io.signalbox.catalog;

import io.signalbox.notation.PlainText;
import java.util.Locale;

/** What a person said, quoted in an answer: shortened, and without characters that would change how the answer looks. */
public final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    public static String of(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().limit(LONGEST).forEach(point -> {
            if (PlainText.isUnseen(point)) {
                shown.append(String.format(Locale.ROOT, "(U+%04X)", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.append(text.codePointCount(0, text.length()) > LONGEST ? "…'" : "'")
                .toString();
    }
}
