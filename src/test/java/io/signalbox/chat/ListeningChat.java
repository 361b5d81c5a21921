package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.bus.Room;
import io.signalbox.catalog.Catalog;
import io.signalbox.chat.play.PlayAdapter;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A chat stage that hears a played room; nobody else is there, so that what was asked for stays as it was heard. */
final class ListeningChat implements AutoCloseable {
    private static final Plan PLAN =
            new Plan("0".repeat(64), "c0ffee", new TreeMap<>(), new TreeMap<>(), null, List.of(), List.of());

    private final Path socket;
    private final Vertx vertx = Vertx.vertx();
    final Brain brain;

    ListeningChat(LocalRedis redis, Path folder) {
        socket = folder.resolve("play.sock");
        Events events = new Events(vertx.eventBus());
        brain = redis.brain(vertx, events, Clock.systemUTC());
        Eventually.result(vertx.deployVerticle(new ChatStage(
                events,
                brain,
                () -> new Catalog(Map.of(), Map.of(), ""),
                Clock.systemUTC(),
                Duration.ofMinutes(2),
                ZoneId.of("UTC"),
                List.of(new PlayAdapter(vertx, socket)))));
    }

    PlayedRoom room() throws IOException {
        return new PlayedRoom(socket);
    }

    /** A run that ended well, and was told: its result may have buttons. */
    CommandId finished() {
        CommandId id = CommandId.fresh();
        Instant now = Clock.systemUTC().instant();
        commit(
                new Event.Requested(
                        id, now, new Person("play:anna", "anna"), Room.of("play", "ops"), "m0", "deploy backend"),
                new Event.Understood(id, now, new Instruction("backend.deploy", "deploy backend", Map.of())),
                new Event.Admitted(id, now, PLAN, null),
                finished(id, Outcome.SUCCEEDED));
        return id;
    }

    static Event finished(CommandId id, Outcome outcome) {
        return new Event.Finished(id, Clock.systemUTC().instant(), outcome, null, "", new TreeMap<>(), null);
    }

    void commit(Event... events) {
        Eventually.result(brain.commit(Commit.of(events)));
    }

    /** Those that wait to be understood. */
    List<Story> requested() {
        return Eventually.result(brain.in(Kind.REQUESTED).compose(brain::stories));
    }

    /** The one that waits to be understood. */
    CommandId theRequested() {
        return requested().get(0).id();
    }

    Instruction instruction(String words) {
        return new Instruction("backend.swap", words, Map.of());
    }

    static Plan plan() {
        return PLAN;
    }

    @Override
    public void close() {
        Eventually.result(vertx.close());
    }
}
