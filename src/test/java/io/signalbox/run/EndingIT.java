package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Outlook;
import io.signalbox.bus.Plan;
import io.signalbox.bus.Room;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EndingIT {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    final NoBlockedThreads threads = new NoBlockedThreads();

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        Bot.await(vertx.close());
    }

    @Test
    void whatOneBotCannotPrepareGoesOnWhereAnotherHasBegunIt() {
        Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), InstantSource.fixed(NOW));
        Ending ending = new Ending(brain, InstantSource.fixed(NOW));
        CommandId id = CommandId.fresh();
        Bot.await(brain.commit(Commit.of(
                new Event.Requested(id, NOW, Bot.ANNA, Room.of("play", "ops"), "m1", "deploy"),
                new Event.Understood(id, NOW, new Instruction("deploy", "deploy", Map.of())),
                new Event.Admitted(id, NOW, null, "backend/staging"))));
        Story admitted = story(brain, id);
        Bot.await(brain.commit(Commit.of(new Event.Dispatched(id, NOW, List.of("true"), "runs/" + id, null))));

        Bot.await(ending.unbegun(admitted, "the disk is full"));
        assertThat(story(brain, id).state()).isEqualTo(Kind.DISPATCHED);
    }

    @Test
    void whatNobodyHasBegunEnds() {
        Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), InstantSource.fixed(NOW));
        CommandId id = CommandId.fresh();
        Bot.await(brain.commit(Commit.of(
                new Event.Requested(id, NOW, Bot.ANNA, Room.of("play", "ops"), "m1", "deploy"),
                new Event.Understood(id, NOW, new Instruction("deploy", "deploy", Map.of())),
                new Event.Admitted(id, NOW, null, null))));
        Bot.await(new Ending(brain, InstantSource.fixed(NOW)).unbegun(story(brain, id), "the disk is full"));

        assertThat(story(brain, id).last(Event.Finished.class).orElseThrow().outcome())
                .isEqualTo(Outcome.NOT_STARTED);
    }

    private static final Instruction TERMINATE = new Instruction(
            "backend.terminate",
            "terminate backend staging/i-1,i-2",
            Map.of("environment", "staging", "hosts", "i-1,i-2"));

    private static Plan plan(Outlook outlook) {
        return new Plan("0".repeat(64), "c0", new TreeMap<>(), new TreeMap<>(), null, List.of(), List.of(), outlook);
    }

    /** A run under way whose plan announced this. */
    private static Story underWay(Brain brain, Outlook outlook) {
        CommandId id = CommandId.fresh();
        Bot.await(brain.commit(Commit.of(
                new Event.Requested(id, NOW, Bot.ANNA, Room.of("play", "ops"), "m1", "swap"),
                new Event.Understood(id, NOW, new Instruction("backend.swap", "swap", Map.of())),
                new Event.Admitted(id, NOW, plan(outlook), null),
                new Event.Dispatched(id, NOW, List.of("true"), "runs/" + id, null),
                new Event.Started(id, NOW, 1, 2, "boot"))));
        return story(brain, id);
    }

    private static Conclusion ended(Outcome outcome) {
        return Conclusion.without(outcome, "as the test says");
    }

    private static List<Story> waiting(Brain brain) {
        return Bot.await(brain.in(Kind.UNDERSTOOD).compose(brain::stories));
    }

    @Test
    void whatThePlanAnnouncedIsRequestedWithItsGoodEndAndOnce() {
        Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), InstantSource.fixed(NOW));
        Ending ending = new Ending(brain, InstantSource.fixed(NOW));
        Outlook outlook = new Outlook(List.of(new Outlook.Later(TERMINATE, Duration.ofHours(2))), List.of());
        Story swap = underWay(brain, outlook);
        Bot.await(Future.all(
                ending.commit(swap, ended(Outcome.SUCCEEDED)), ending.commit(swap, ended(Outcome.SUCCEEDED))));

        assertThat(waiting(brain)).singleElement().satisfies(story -> {
            assertThat(story.requested().because()).isEqualTo(swap.id());
            assertThat(story.requested().by()).isEqualTo(Bot.ANNA);
            assertThat(story.instruction().arguments()).isEqualTo(TERMINATE.arguments());
            assertThat(story.instruction().manner().due()).isEqualTo(NOW.plus(Duration.ofHours(2)));
        });
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.LOST, Outcome.CANCELLED)) {
            Story other = underWay(brain, outlook);
            Bot.await(ending.commit(other, ended(outcome)));
            assertThat(story(brain, other.id()).state()).isEqualTo(Kind.FINISHED);
        }
        assertThat(waiting(brain)).hasSize(1);

        Story swapElsewhere = underWay(brain, averting("staging", "i-3"));
        Bot.await(ending.commit(swapElsewhere, ended(Outcome.SUCCEEDED)));
        Story failed = underWay(brain, averting("staging", "i-2"));
        Bot.await(ending.commit(failed, ended(Outcome.FAILED)));
        assertThat(waiting(brain).get(0).marks()).doesNotContainKey("averted");
        Story rollback = underWay(brain, averting("staging", "i-2,i-9"));
        Bot.await(ending.commit(rollback, ended(Outcome.SUCCEEDED)));
        assertThat(waiting(brain).get(0).marks())
                .containsEntry("averted", "`swap` (" + rollback.id() + ") has changed what it was about.");
    }

    private static Outlook averting(String environment, String hosts) {
        return new Outlook(
                List.of(),
                List.of(new Instruction(
                        "backend.terminate", "terminate", Map.of("environment", environment, "hosts", hosts))));
    }

    private static Story story(Brain brain, CommandId id) {
        return Bot.await(brain.story(id)).orElseThrow();
    }
}
