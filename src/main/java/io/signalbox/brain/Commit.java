package io.signalbox.brain;

import io.signalbox.bus.Event;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One atomic change: transitions of commands, and stages' fragments that check and write beside them.
 *
 * @param id makes a repetition harmless: the second commit of this id returns the result of the first
 */
public record Commit(String id, List<Event> events, List<Part> parts) {
    /** A fragment with the arguments of this use. */
    public record Part(Fragment fragment, JsonObject arguments) {}

    public Commit {
        events = List.copyOf(events);
        parts = List.copyOf(parts);
    }

    public static Commit of(Event... events) {
        return new Commit(UUID.randomUUID().toString(), List.of(events), List.of());
    }

    /** This commit with one more fragment; fragments check and write in the order they were added. */
    public Commit with(Fragment fragment, JsonObject arguments) {
        return with(new Part(fragment, arguments));
    }

    public Commit with(Part part) {
        var more = new ArrayList<>(parts);
        more.add(part);
        return new Commit(id, events, more);
    }

    /** This commit with one more transition, after the others. */
    public Commit and(Event event) {
        var more = new ArrayList<>(events);
        more.add(event);
        return new Commit(id, more, parts);
    }
}
