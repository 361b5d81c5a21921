package io.signalbox.brain;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Person;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which nothing new begins in an environment.
 *
 * @param scope the environment, or {@link #EVERYTHING}
 * @param command the words that began it
 * @param until when it ends by itself; empty where only a person ends it
 */
public record Freeze(
        String scope, CommandId command, Person by, Instant since, Optional<Instant> until, String reason) {
    public static final String EVERYTHING = "everything";

    static Freeze read(String scope, String text) {
        JsonObject json = new JsonObject(text);
        return new Freeze(
                scope,
                new CommandId(json.getString("command", "")),
                new Person(json.getString("person", ""), json.getString("personName", "")),
                Instant.ofEpochMilli(json.getLong("since", 0L)),
                Optional.ofNullable(json.getLong("until")).map(Instant::ofEpochMilli),
                json.getString("reason", ""));
    }

    public JsonObject json() {
        JsonObject json = new JsonObject()
                .put("command", command.value())
                .put("person", by.id())
                .put("personName", by.name())
                .put("since", since.toEpochMilli())
                .put("reason", reason);
        until.ifPresent(end -> json.put("until", end.toEpochMilli()));
        return json;
    }

    public boolean isOver(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** As in {@code production is frozen by olga (12:03 UTC, until 18:00 UTC): stocktaking}; both as said. */
    public String shown(String since, Optional<String> end) {
        return scope + " is frozen by " + by.name() + " (" + since
                + end.map(when -> ", " + when).orElse("") + "): " + reason;
    }
}
