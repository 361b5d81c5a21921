package io.signalbox.gate;

import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Hold;
import io.vertx.core.json.JsonObject;

/** Parts of commits about locks that people keep by hand. A run's lock is another key: neither frees the other. */
final class Holds {
    private static final Fragment HOLD = Fragment.beside(Holds.class, "gate.hold", "hold.lua");

    private Holds() {}

    /** Declined as held where somebody keeps it. */
    static Commit.Part take(Hold hold) {
        return new Commit.Part(HOLD, of(hold));
    }

    /** Declined as {@code changed} where it is no longer as it was in {@code before}. */
    static Commit.Part replace(Hold before, Hold hold) {
        return new Commit.Part(HOLD, of(hold).put("from", from(before)));
    }

    /** Declined as {@code changed} where it is no longer as it was. */
    static Commit.Part giveUp(Hold hold) {
        return new Commit.Part(HOLD, new JsonObject().put("lock", hold.name()).put("from", from(hold)));
    }

    private static JsonObject from(Hold hold) {
        return new JsonObject()
                .put("person", hold.by().id())
                .put("command", hold.command().value());
    }

    private static JsonObject of(Hold hold) {
        JsonObject json = new JsonObject()
                .put("lock", hold.name())
                .put("command", hold.command().value())
                .put("person", hold.by().id())
                .put("personName", hold.by().name())
                .put("since", hold.since().toEpochMilli());
        hold.until().ifPresent(end -> json.put("until", end.toEpochMilli()));
        hold.reason().ifPresent(why -> json.put("reason", why));
        return json;
    }
}
