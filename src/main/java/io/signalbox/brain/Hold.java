package io.signalbox.brain;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Person;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A lock that a person keeps by hand: no command of anybody else begins under it.
 *
 * @param command the words that took it
 * @param until when it ends by itself; empty where only a person ends it
 */
public record Hold(
        String name, CommandId command, Person by, Instant since, Optional<Instant> until, Optional<String> reason) {
    static Hold read(String name, Map<String, String> hash) {
        return new Hold(
                name,
                new CommandId(hash.getOrDefault("command", "")),
                new Person(hash.getOrDefault("person", ""), hash.getOrDefault("personName", "")),
                Instant.ofEpochMilli(Long.parseLong(hash.getOrDefault("since", "0"))),
                Optional.ofNullable(hash.get("until")).map(Long::parseLong).map(Instant::ofEpochMilli),
                Optional.ofNullable(hash.get("reason")));
    }

    public boolean isOver(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** As in {@code backend/staging is locked by anna (12:03 UTC, until 14:03 UTC): migration}; both as said. */
    public String shown(String since, Optional<String> end) {
        return name + " is locked by " + by.name() + " (" + since
                + end.map(when -> ", " + when).orElse("") + ")"
                + reason.map(why -> ": " + why).orElse("");
    }
}
