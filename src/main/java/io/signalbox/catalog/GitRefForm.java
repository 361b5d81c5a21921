package io.signalbox.catalog;

import java.util.regex.Pattern;

/** Names of branches, tags and commits: the rules of git check-ref-format, and of these only plain characters. */
final class GitRefForm {
    private static final String RIGHT = "a branch, tag or commit, as in main, v1.2 or feature/search";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/@+#=,-]+");

    private GitRefForm() {}

    static Reading read(String text) {
        String why = wrong(text);
        return why.isEmpty()
                ? new Reading.Right(text)
                : new Reading.Wrong(Quoted.of(text) + " is not a git reference: " + why + "; right is " + RIGHT);
    }

    private static String wrong(String text) {
        if (text.startsWith("-")) {
            return "it begins with '-'";
        }
        if (!PLAIN.matcher(text).matches()) {
            return "only letters a-z, digits and . _ - / @ + # = , may be in it (a commit's id always works)";
        }
        if (text.startsWith("/") || text.endsWith("/") || text.contains("//")) {
            return "a '/' stands between two names";
        }
        if (text.endsWith(".") || text.contains("..")) {
            return "it ends with '.' or holds '..'";
        }
        if (text.equals("@") || text.contains("@{")) {
            return "'@' alone is none";
        }
        for (String name : text.split("/", -1)) {
            if (name.startsWith(".") || name.endsWith(".lock") || name.startsWith("-")) {
                return "no part of it begins with '.' or '-' or ends with '.lock'";
            }
        }
        return "";
    }
}
