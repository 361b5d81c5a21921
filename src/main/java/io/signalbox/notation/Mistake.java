package io.signalbox.notation;

/** Something written wrongly. {@code text} says what is wrong and what would be right. */
public record Mistake(Place place, String text) {
    @Override
    public String toString() {
        return place + ": " + text;
    }
}
