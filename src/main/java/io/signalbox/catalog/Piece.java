package io.signalbox.catalog;

/** A part of a word in a sentence. */
public sealed interface Piece {
    /** Said as it is; in small letters. */
    record Literal(String text) implements Piece {}

    /** Where an argument goes. */
    record Place(ArgumentType type) implements Piece {
        boolean isRest() {
            return type.form() == ArgumentType.Form.TEXT;
        }
    }

    /** Smaller is more definite: a literal beats one-of, one-of beats free text, and the rest of the line comes last. */
    default int vagueness() {
        if (this instanceof Place place) {
            return switch (place.type().form()) {
                case ONE_OF -> 1;
                case TEXT -> 3;
                case GIT_REF, HOSTS, COMMAND_ID, PERSON, ROLE, NAME, NUMBER, DURATION, TIME -> 2;
            };
        }
        return 0;
    }

    /** Whether some text is both. */
    default boolean overlaps(Piece other) {
        if (this instanceof Literal literal && other instanceof Literal another) {
            return literal.text().equals(another.text());
        }
        if (this instanceof Place place && other instanceof Place another) {
            boolean oneOf = place.type().form() == ArgumentType.Form.ONE_OF
                    && another.type().form() == ArgumentType.Form.ONE_OF;
            return !oneOf
                    || place.type().values().stream().anyMatch(another.type().values()::contains);
        }
        return true;
    }
}
