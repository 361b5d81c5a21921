package io.signalbox.catalog;

/** A text read as an argument. */
public sealed interface Reading {
    /** {@code value} is the normal form. */
    record Right(String value) implements Reading {}

    /** {@code why} says what is wrong with it and what would be right. */
    record Wrong(String why) implements Reading {}
}
