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
import io.signalbox.bus.Room;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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

    private static Story story(Brain brain, CommandId id) {
        return Bot.await(brain.story(id)).orElseThrow();
    }
}
