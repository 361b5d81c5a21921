package io.signalbox.bus;

import java.time.Instant;

/** What is told on the bus beside events: it is not recorded, and whoever misses it finds the same by asking the brain. */
public sealed interface Signal {
    /** Kafka has acknowledged every event up to this sequence number. */
    record Recorded(long upTo) implements Signal {}

    /** A run under way got further. */
    record Progressed(CommandId id, Instant at, Progress progress) implements Signal {}

    /** Asked of whoever knows the chats: is this the id of somebody who may speak in one of them? */
    record Membership(String person) implements Signal {}

    /** Asked of whoever decides: which commands of the catalog may this person say in this room? */
    record Sayable(Person by, Room room) implements Signal {}

    /** Somebody addressed the bot while the brain does not answer; {@code text} is without the bot's name. */
    record Unrecorded(Person by, Room room, String text) implements Signal {}
}
