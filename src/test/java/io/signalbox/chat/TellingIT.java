package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.bus.Room;
import io.signalbox.catalog.Catalog;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.Logged;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoBlockedThreads.class)
class TellingIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final Plan PLAN =
            new Plan("0".repeat(64), "c0ffee", new TreeMap<>(), new TreeMap<>(), null, List.of(), List.of());

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx.eventBus());
    private final Service service = new Service();
    private Brain brain;

    /** A chat service that takes messages with {@code refused} in their key only after some refusals. */
    private static final class Service implements Adapter {
        final List<String> posts = new CopyOnWriteArrayList<>();
        volatile String refused = "";
        final AtomicInteger refusals = new AtomicInteger();

        @Override
        public String service() {
            return "play";
        }

        @Override
        public Future<Void> open(Ear ear) {
            return Future.succeededFuture();
        }

        @Override
        public Future<String> post(Message message, String handle) {
            if (message.key().endsWith(refused) && refusals.getAndDecrement() > 0) {
                return Future.failedFuture("too many messages");
            }
            posts.add((handle.isEmpty() ? "post " : "edit ") + message.key());
            return Future.succeededFuture("handle of " + message.key());
        }

        @Override
        public Future<Boolean> isMember(String person) {
            return Future.succeededFuture(false);
        }

        @Override
        public void processed(String message) {}

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    @BeforeEach
    void connect() {
        brain = REDIS.brain(vertx, events, Clock.systemUTC());
    }

    @AfterEach
    void end() throws Exception {
        await(vertx.close());
    }

    @Test
    void whatWasPostedIsNotPostedAgainWhereALaterMessageIsRefused() throws Exception {
        service.refused = "/result";
        service.refusals.set(2);
        Logged log = new Logged(Telling.class);
        await(vertx.deployVerticle(new ChatStage(
                events,
                brain,
                () -> new Catalog(Map.of(), Map.of(), ""),
                Clock.systemUTC(),
                Duration.ofMinutes(2),
                ZoneId.of("UTC"),
                List.of(service))));
        CommandId id = finished();

        Eventually.until(
                "everything is told", LIMIT, () -> await(brain.untold()).isEmpty());
        assertThat(service.posts).containsExactly("post " + id + "/living", "post " + id + "/result");
        assertThat(log.count(Level.WARN)).isEqualTo(1);
        log.close();
    }

    @Test
    void tellingLeavesNothingInTheBrainButWhatWasSaid() throws Exception {
        await(vertx.deployVerticle(new ChatStage(
                events,
                brain,
                () -> new Catalog(Map.of(), Map.of(), ""),
                Clock.systemUTC(),
                Duration.ofMinutes(2),
                ZoneId.of("UTC"),
                List.of(service))));
        CommandId id = finished();

        Eventually.until(
                "everything is told", LIMIT, () -> await(brain.untold()).isEmpty());
        assertThat(REDIS.tell("EVAL", "return #redis.call('KEYS', 'sb:commit:*')", "0"))
                .isEqualTo("1");
        assertThat(await(brain.hash("sb:chat:said:" + id))).containsOnlyKeys(id + "/living", id + "/result");
    }

    private CommandId finished() throws Exception {
        CommandId id = CommandId.fresh();
        await(brain.commit(Commit.of(
                new Event.Requested(
                        id, AT, new Person("play:anna", "anna"), Room.of("play", "ops"), "m1", "deploy backend"),
                new Event.Understood(id, AT, new Instruction("backend.deploy", "deploy backend", Map.of())),
                new Event.Admitted(id, AT, PLAN, null),
                new Event.Finished(id, AT, Outcome.NOT_STARTED, null, "no", new TreeMap<>(), null))));
        return id;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
