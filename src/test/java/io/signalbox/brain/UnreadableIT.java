package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Events;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stories that are damaged, or that a later release wrote. */
@ExtendWith(NoBlockedThreads.class)
class UnreadableIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private final Vertx vertx = Vertx.vertx();
    private final Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), InstantSource.system());
    private final CommandId sound = CommandId.fresh();
    private final CommandId other = CommandId.fresh();

    @BeforeEach
    void twoCommands() {
        result(brain.commit(Commit.of(EventSamples.requested(sound), EventSamples.requested(other))));
    }

    @AfterEach
    void end() {
        result(vertx.close());
    }

    @Test
    void aKindThatThisReleaseDoesNotKnowIsPassedOver() {
        REDIS.tell("RPUSH", "sb:story:" + other, "{\"kind\":\"Postponed\",\"id\":\"" + other + "\"}");
        expectOnlyTheSoundOne();
    }

    @Test
    void anEntryThatIsNoJsonIsPassedOver() {
        REDIS.tell("LSET", "sb:story:" + other, "0", "{");
        expectOnlyTheSoundOne();
    }

    @Test
    void aKeyOfAnotherTypeIsPassedOver() {
        REDIS.tell("SET", "sb:story:" + other, "no list");
        expectOnlyTheSoundOne();
    }

    @Test
    void aBrainThatDoesNotAnswerIsNoDamage() {
        REDIS.stop();
        assertThatThrownBy(() -> result(brain.stories(List.of(sound)))).isInstanceOf(BrainUnavailable.class);
    }

    private void expectOnlyTheSoundOne() {
        assertThatThrownBy(() -> result(brain.story(other)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("the story of " + other + " cannot be read");
        assertThat(result(brain.stories(List.of(other, sound))))
                .extracting(Story::id)
                .containsExactly(sound);
    }
}
