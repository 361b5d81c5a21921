package io.signalbox.notation;

import java.util.List;
import java.util.regex.Pattern;

/** What others wrote, as it may be shown to people: nothing in it moves a cursor, hides or turns round what stands beside it. */
public final class PlainText {
    /** Enough for a line of a log; more of it would be no line to a reader. */
    private static final int LONGEST = 300;

    /** What a terminal obeys and what nobody sees: all control characters, also those above ASCII, and all formatting. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]");

    private static final Pattern ESCAPE = Pattern.compile(
            "\u001b\\[[0-9;?]*[ -/]*[@-~]" + "|\u001b\\][^\u0007\u001b\\n]*(?:\u0007|\u001b\\\\)?|\u001b[^\\[\\]\\n]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private PlainText() {}

    public static boolean isUnseen(int codePoint) {
        return UNSEEN.matcher(Character.toString(codePoint)).matches();
    }

    /** As one line, cut to what a line may have. */
    public static String line(String text) {
        return line(text, LONGEST);
    }

    public static String line(String text, int longest) {
        String shown = BLANKS.matcher(ESCAPE.matcher(text).replaceAll("")).replaceAll(" ");
        return cut(UNSEEN.matcher(shown).replaceAll("").strip(), longest);
    }

    /** The last lines that are not blank, each cut, their indentation kept. */
    public static List<String> lastLines(String text, int most) {
        List<String> lines = ESCAPE.matcher(text)
                .replaceAll("")
                .lines()
                .map(line -> UNSEEN.matcher(line.replace("\t", "    "))
                        .replaceAll("")
                        .stripTrailing())
                .filter(line -> !line.isEmpty())
                .map(line -> cut(line, LONGEST))
                .toList();
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }

    private static String cut(String line, int longest) {
        if (line.length() <= longest) {
            return line;
        }
        boolean halved = Character.isHighSurrogate(line.charAt(longest - 2));
        return line.substring(0, halved ? longest - 2 : longest - 1) + "…";
    }
}
