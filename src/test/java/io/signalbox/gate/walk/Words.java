package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import java.util.Objects;

/** What was said in a word about the bot. */
final class Words {
    private static final int LEAST = 5;

    private Words() {}

    static String argument(Story word, String name) {
        return Objects.requireNonNull(word.instruction().arguments().get(name));
    }

    /** Whether others can know from it why the glass was broken. */
    static boolean isReason(String said) {
        return said.chars().filter(Character::isLetterOrDigit).count() >= LEAST;
    }
}
