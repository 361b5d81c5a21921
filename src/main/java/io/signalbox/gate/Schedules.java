package io.signalbox.gate;

import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Person;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Parts of commits about commands that wait for a time, and how far and how many there may be. */
final class Schedules {
    static final Duration FARTHEST = Duration.ofDays(30);
    static final int MOST = 20;

    private static final Fragment DUE = Fragment.beside(Schedules.class, "gate.due", "due.lua");
    private static final Fragment SCHEDULE = Fragment.beside(Schedules.class, "gate.schedule", "schedule.lua");

    private Schedules() {}

    /** When it is due; empty where it waits for no time. */
    static Optional<Instant> due(Story story) {
        return story.last(Event.Scheduled.class).map(Event.Scheduled::due);
    }

    /** In a commit: it still waits for this time, which has come. Declined by state otherwise. */
    static Commit.Part isDue(Story story) {
        long due = due(story).orElseThrow().toEpochMilli();
        return new Commit.Part(
                DUE,
                new JsonObject()
                        .put("command", story.id().value())
                        .put("seq", story.sequence())
                        .put("due", due));
    }

    /** In a commit: this person has room for one more. Declined as {@code many}. */
    static Commit.Part room(Person person) {
        return new Commit.Part(
                SCHEDULE, new JsonObject().put("person", person.id()).put("most", MOST));
    }
}
