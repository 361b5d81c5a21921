package io.signalbox.chat;

import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person said or clicked.
 *
 * @param message the service's own id of this; the same id is never acted on twice
 * @param at when it was said, as the service tells; null where it does not, which counts as now
 */
public record Said(
        Person by, Room room, String message, @Nullable Instant at, String text, Way way) {
    /** How it was said. */
    public sealed interface Way {}

    /** As one of many words in a room: only those that name the bot are meant for it. */
    public record Aloud() implements Way {}

    /** Where nobody else listens, as at a terminal: no name is needed. */
    public record ToBot() implements Way {}

    /** By a button of ours, whose words are the text; {@code under} is the key of the message that it belongs to. */
    public record Click(String under) implements Way {}

    /** By changing a message that was said before, whose id is {@code of}: that is never acted on. */
    public record Edit(String of) implements Way {}
}
