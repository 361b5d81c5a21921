package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Keys;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.bus.Room;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RestingIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final CommandId ID = new CommandId("k7m3ab");
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final Person CARLA = new Person("play:carla", "carla");
    private static final Plan PLAN =
            new Plan("0".repeat(64), "c0ffee", new TreeMap<>(), new TreeMap<>(), null, List.of(), List.of());

    private final Vertx vertx = Vertx.vertx();
    private Brain brain;
    private Resting resting;

    @BeforeEach
    void connect() {
        brain = REDIS.brain(vertx, new Events(vertx.eventBus()), Clock.systemUTC());
        resting = new Resting(vertx, brain);
    }

    @AfterEach
    void end() {
        Eventually.result(vertx.close());
    }

    @Test
    void whatWasApprovedAndIsPlannedAnewIsNotAtRest() {
        approved();
        Future<Void> rest = resting.rest(() -> true);
        looksPass();
        assertThat(rest.isComplete()).isFalse();

        commit(new Event.Voided(ID, AT, "main has moved."));
        told();
        Eventually.result(rest);
    }

    @Test
    void whatIsNotToldIsNotAtRest() {
        approved();
        commit(new Event.Voided(ID, AT, "main has moved."));
        Future<Void> rest = resting.rest(() -> true);
        looksPass();
        assertThat(rest.isComplete()).isFalse();
        told();
        Eventually.result(rest);
    }

    @Test
    void nobodyLooksAnyMoreWhenNobodyWantsToKnow() {
        approved();
        AtomicBoolean wanted = new AtomicBoolean(true);
        Future<Void> rest = resting.rest(wanted::get);
        looksPass();
        assertThat(rest.isComplete()).isFalse();
        wanted.set(false);
        Eventually.result(rest);
    }

    @Test
    void aLookThatTakesLongIsNotOvertakenByTheNext() {
        approved();
        AtomicInteger looks = new AtomicInteger();
        REDIS.freeze();
        Future<Void> rest = resting.rest(() -> looks.incrementAndGet() > 0);
        Eventually.result(vertx.timer(300, TimeUnit.MILLISECONDS));
        assertThat(rest.isComplete()).isFalse();
        assertThat(looks).hasValue(1);
    }

    /** More questions and answers than several looks have. */
    private void looksPass() {
        for (int look = 0; look < 4; look++) {
            Eventually.result(vertx.timer(50, TimeUnit.MILLISECONDS));
            Eventually.result(brain.value(Keys.SEQUENCE));
        }
    }

    private void approved() {
        commit(
                new Event.Requested(ID, AT, new Person("play:anna", "anna"), Room.of("play", "ops"), "m1", "words"),
                new Event.Understood(ID, AT, new Instruction("backend.deploy", "deploy backend", Map.of())),
                new Event.ApprovalRequested(ID, AT, PLAN, "deployer", List.of(CARLA.id()), AT.plusSeconds(300)),
                new Event.ApprovalGiven(ID, AT, CARLA, PLAN.digest()));
        told();
    }

    private void commit(Event... events) {
        Eventually.result(brain.commit(Commit.of(events)));
        assertThat(Eventually.result(brain.story(ID)).orElseThrow().last()).isEqualTo(events[events.length - 1]);
    }

    private static void told() {
        REDIS.tell("DEL", "sb:untold");
    }
}
