package io.signalbox.bus;

import java.security.SecureRandom;

/** The short name of one command, as people type it: six letters and digits that cannot be mistaken for one another. */
public record CommandId(String value) {
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    public CommandId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not a command's id: six small letters or digits, as in k7m3ab");
        }
    }

    public static boolean isValid(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    /** A new random id; that it is free is checked by the commit that uses it first. */
    public static CommandId fresh() {
        return new CommandId(RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .collect(
                        StringBuilder::new, (text, index) -> text.append(ALPHABET.charAt(index)), StringBuilder::append)
                .toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
