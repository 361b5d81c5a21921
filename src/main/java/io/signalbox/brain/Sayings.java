package io.signalbox.brain;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** The newest commands of each person in each room: who asks why something was refused need not know its id. */
public final class Sayings {
    private static final int MOST = 20;
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final Fragment SAID = Fragment.beside(Sayings.class, "brain.said", "said.lua");

    private Sayings() {}

    /** For the commit of the request. */
    public static Commit.Part of(Event.Requested request) {
        return new Commit.Part(
                SAID,
                new JsonObject()
                        .put("list", key(request.by(), request.room()))
                        .put("command", request.id().value())
                        .put("most", MOST)
                        .put("remembered", REMEMBERED.toMillis()));
    }

    /** Newest first, at most twenty, without those that are forgotten. */
    public static Future<List<Story>> newest(Brain brain, Person by, Room room) {
        return brain.list(key(by, room))
                .compose(ids -> brain.stories(ids.stream()
                        .filter(CommandId::isValid)
                        .map(CommandId::new)
                        .toList()));
    }

    private static String key(Person by, Room room) {
        return "sb:said:" + by.id() + ":" + room.id();
    }
}
