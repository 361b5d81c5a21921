package io.signalbox.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What an argument may be. {@code accepts} tells why a text is not one, in words that say what would be right.
 *
 * @param name of the argument, as in {@code environment}
 * @param form which of the known forms it has
 * @param values the allowed values where the form is ONE_OF
 * @param standard what it is when it is not said, where it has a default
 * @param repository the name of the repository (setting {@code repositories.<name>}) of a git reference
 */
public record ArgumentType(
        String name, Form form, List<String> values, Optional<String> standard, Optional<String> repository) {
    /** The known forms. */
    public enum Form {
        ONE_OF,
        GIT_REF,
        HOSTS,
        COMMAND_ID,
        PERSON,
        ROLE,
        /** The rest of the line, literally. */
        TEXT,
        NUMBER,
        DURATION
    }

    public ArgumentType {
        values = List.copyOf(values);
    }
}
