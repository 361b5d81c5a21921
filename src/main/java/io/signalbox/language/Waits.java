package io.signalbox.language;

import java.util.Locale;
import java.util.Optional;

/** The end of a sentence that says that it waits for its lock: {@code --wait} or {@code and wait}. */
final class Waits {
    private Waits() {}

    /** The sentence without that end; empty where it has none. */
    static Optional<String> without(String said) {
        Tokens tokens = Tokens.of(said);
        int size = tokens.size();
        int end = 0;
        if (size > 1 && is(tokens, size - 1, "--wait")) {
            end = 1;
        } else if (size > 2 && is(tokens, size - 1, "wait") && is(tokens, size - 2, "and")) {
            end = 2;
        }
        return end == 0
                ? Optional.empty()
                : Optional.of(tokens.line()
                        .substring(0, tokens.tokens().get(size - end).start())
                        .strip());
    }

    private static boolean is(Tokens tokens, int index, String word) {
        return tokens.text(index).toLowerCase(Locale.ROOT).equals(word);
    }
}
