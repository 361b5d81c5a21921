package io.signalbox.language;

import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Grammar.Rule;
import io.signalbox.catalog.Word;
import java.util.Map;

/** One sentence of the catalog held against what was said. */
sealed interface Attempt {
    Rule rule();

    /** How many words fit. */
    int fitting();

    /** Everything fits. */
    record Match(Rule rule, int fitting, Map<String, String> arguments) implements Attempt {}

    /** What was said ends before the sentence; {@code word} is the next one. */
    record Missing(Rule rule, int fitting, Word word) implements Attempt {}

    /** The sentence has the right form, and an argument cannot be this. */
    record BadValue(Rule rule, int fitting, ArgumentType type, String text, String why) implements Attempt {}

    /** The sentence ends before what was said. */
    record Surplus(Rule rule, int fitting) implements Attempt {}

    /** The word after those that fit is another one. */
    record Mismatch(Rule rule, int fitting) implements Attempt {}

    /** Of two failures that fit equally well the smaller says more. */
    default int vagueness() {
        if (this instanceof BadValue) {
            return 0;
        }
        if (this instanceof Missing missing) {
            return missing.word().beginsWithPlace() ? 1 : 3;
        }
        return this instanceof Surplus ? 2 : 4;
    }
}
