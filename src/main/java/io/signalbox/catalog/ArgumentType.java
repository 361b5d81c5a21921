package io.signalbox.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an argument may be; {@link ArgumentRules} tells whether a text is one.
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
        /** A word of letters, digits and {@code . _ - /}, as the name of a lock. */
        NAME,
        /** The rest of the line, literally. */
        TEXT,
        NUMBER,
        DURATION,
        /** Of the day, as in 18:00. */
        TIME;

        /** As it is written in the catalog, as in {@code git-ref}. */
        public String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public ArgumentType {
        values = List.copyOf(values);
    }
}
