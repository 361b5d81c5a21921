package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the brain says and keeps while Redis is stopped, killed, or hangs. */
@ExtendWith(NoBlockedThreads.class)
class OutageIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private final Vertx vertx = Vertx.vertx();
    private final Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), InstantSource.system());
    private final CommandId id = CommandId.fresh();

    @AfterEach
    void end() {
        result(vertx.close());
    }

    @Test
    void saysThatRedisDoesNotAnswerAndIsThereAgainWithIt() {
        result(brain.outbox(1));
        REDIS.stop();
        assertThatThrownBy(() -> result(brain.commit(Commit.of(EventSamples.requested(id)))))
                .isInstanceOf(BrainUnavailable.class)
                .hasMessageContaining("the brain (Redis) did not answer");
        assertThatThrownBy(() -> result(brain.story(id))).isInstanceOf(BrainUnavailable.class);
        REDIS.start();
        assertThat(result(brain.commit(Commit.of(EventSamples.requested(id)))))
                .isInstanceOf(CommitResult.Committed.class);
    }

    @Test
    void whatWasCommittedIsThereAfterAKill() {
        result(brain.commit(Commit.of(EventSamples.requested(id), EventSamples.understood(id))));
        REDIS.kill();
        REDIS.start();
        Story story = result(brain.story(id)).orElseThrow();
        assertThat(story.state()).isEqualTo(Kind.UNDERSTOOD);
        assertThat(story.sequence()).isEqualTo(2);
        assertThat(result(brain.in(Kind.UNDERSTOOD))).containsExactly(id);
    }

    @Test
    void aCommitThatTimedOutCanBeRepeatedWithoutDoingItTwice() {
        Commit commit = Commit.of(EventSamples.requested(id));
        result(brain.outbox(1));
        REDIS.freeze();
        assertThatThrownBy(() -> result(brain.commit(commit))).isInstanceOf(BrainUnavailable.class);
        REDIS.thaw();
        assertThat(result(brain.commit(commit))).isInstanceOf(CommitResult.Committed.class);
        assertThat(result(brain.story(id)).orElseThrow().events()).hasSize(1);
        assertThat(result(brain.outbox(10))).hasSize(1);
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotDoneWhenRedisWakesUp() {
        Commit commit = Commit.of(EventSamples.requested(id));
        result(brain.outbox(1));
        REDIS.tell("CLIENT", "PAUSE", "60000", "WRITE");
        assertThatThrownBy(() -> result(brain.commit(commit))).isInstanceOf(BrainUnavailable.class);
        REDIS.tell("CLIENT", "UNPAUSE");
        result(brain.commit(Commit.of(EventSamples.requested(CommandId.fresh()))));
        assertThat(result(brain.story(id))).isEmpty();
        assertThat(result(brain.outbox(10))).hasSize(1);
    }

    @Test
    void aShortSilenceIsSurvivedByTheCommitItself() {
        result(brain.outbox(1));
        REDIS.freeze();
        Future<CommitResult> commit = brain.commit(Commit.of(EventSamples.requested(id)));
        vertx.timer(2500).await();
        REDIS.thaw();
        assertThat(result(commit)).isInstanceOf(CommitResult.Committed.class);
        assertThat(result(brain.outbox(10))).hasSize(1);
    }
}
