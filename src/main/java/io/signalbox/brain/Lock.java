package io.signalbox.brain;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Person;
import java.time.Instant;
import java.util.Map;

/** A lock that is held: by which command, for whom, since when, and what that was to do. */
public record Lock(String name, CommandId command, Person by, Instant since, String what) {
    static Lock read(String name, Map<String, String> hash) {
        return new Lock(
                name,
                new CommandId(hash.getOrDefault("command", "")),
                new Person(hash.getOrDefault("person", ""), hash.getOrDefault("personName", "")),
                Instant.ofEpochMilli(Long.parseLong(hash.getOrDefault("since", "0"))),
                hash.getOrDefault("what", ""));
    }

    /** As in {@code backend/staging is held by k7m3ab (deploy backend staging, anna, 12:03 UTC)}; {@code since} as said. */
    public String shown(String since) {
        return name + " is held by " + command + " (" + what + ", " + by.name() + ", " + since + ")";
    }
}
