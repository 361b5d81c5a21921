package io.signalbox.gate;

import io.signalbox.brain.Commit;
import io.signalbox.brain.Sayings;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Manner;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What chat and command commit when somebody says something that is understood. */
final class Understanding {
    private Understanding() {}

    /** {@code arguments} are name and value in turn. */
    static Commit of(
            CommandId id, Instant at, Room room, Manner manner, String person, String command, String... arguments) {
        Map<String, String> named = new TreeMap<>();
        for (int index = 0; index < arguments.length; index += 2) {
            named.put(arguments[index], arguments[index + 1]);
        }
        String words = (command + " " + String.join(" ", named.values())).strip();
        Person by = new Person(person, person.substring(person.indexOf(':') + 1));
        var requested = new Event.Requested(id, at, by, room, id.value(), words);
        var understood = new Event.Understood(id, at, new Instruction(command, words, named, manner));
        return Commit.of(requested, understood).with(Sayings.of(requested));
    }
}
