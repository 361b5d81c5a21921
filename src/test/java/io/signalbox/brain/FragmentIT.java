package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Events;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.signalbox.fixture.TestClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoBlockedThreads.class)
class FragmentIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final Fragment ONCE = new Fragment("test.once", """
            return {
                check = function(a)
                    if redis.call('EXISTS', a.key) == 1 then return refuse('taken', redis.call('GET', a.key)) end
                end,
                write = function(a) redis.call('SET', a.key, a.value) end,
            }
            """);
    private static final Fragment WITNESS = new Fragment("test.witness", """
            return {
                check = function(a) end,
                write = function(a)
                    redis.call('SET', 'witness', string.format('%d', now) .. ' ' .. state_of(a.command))
                end,
            }
            """);
    private static final Fragment BROKEN = new Fragment(
            "test.broken",
            "return { check = function(a) redis.call('INCR', a.key) error('no') end, write = function(a) end }");

    private final Vertx vertx = Vertx.vertx();
    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), clock);
    private final CommandId id = CommandId.fresh();

    @AfterEach
    void end() {
        result(vertx.close());
    }

    @Test
    void writesBesideTheEvents() {
        result(brain.commit(request().with(ONCE, entry("lock", "mine"))));
        assertThat(REDIS.tell("GET", "lock")).isEqualTo("mine");
        assertThat(result(brain.story(id))).isPresent();
    }

    @Test
    void refusesBeforeAnythingIsWritten() {
        REDIS.tell("SET", "lock", "theirs");
        Commit commit = request().with(ONCE, entry("free", "mine")).with(ONCE, entry("lock", "mine"));
        assertThat(result(brain.commit(commit))).isEqualTo(new CommitResult.Declined("taken", "theirs"));
        assertThat(REDIS.keys()).containsExactly("lock");
    }

    @Test
    void aRefusalIsNotRemembered() {
        REDIS.tell("SET", "lock", "theirs");
        Commit commit = request().with(ONCE, entry("lock", "mine"));
        result(brain.commit(commit));
        REDIS.tell("DEL", "lock");
        assertThat(result(brain.commit(commit))).isInstanceOf(CommitResult.Committed.class);
    }

    @Test
    void isCheckedAfterTheStates() {
        Commit commit = Commit.of(EventSamples.understood(id)).with(BROKEN, entry("counter", ""));
        assertThat(result(brain.commit(commit))).isEqualTo(new CommitResult.Declined("state", ""));
        assertThat(REDIS.tell("EXISTS", "counter")).isEqualTo("0");
    }

    @Test
    void seesTheCallersTimeAndTheStateBeforeTheCommit() {
        result(brain.commit(request()));
        result(brain.commit(
                Commit.of(EventSamples.understood(id)).with(WITNESS, new JsonObject().put("command", id.value()))));
        assertThat(REDIS.tell("GET", "witness")).isEqualTo(clock.millis() + " Requested");
    }

    @Test
    void aMistakeInItFailsTheCommitAndIsNotTakenForAnOutage() {
        assertThatThrownBy(() -> result(brain.commit(request().with(BROKEN, entry("counter", "")))))
                .isNotInstanceOf(BrainUnavailable.class)
                .hasMessageContaining("no");
    }

    @Test
    void canBeAppliedWithoutAnEventAndThenLeavesNoMemory() {
        assertThat(result(brain.apply(ONCE, entry("lock", "mine")))).isInstanceOf(CommitResult.Committed.class);
        assertThat(result(brain.apply(ONCE, entry("lock", "mine"))))
                .isEqualTo(new CommitResult.Declined("taken", "mine"));
        assertThat(REDIS.keys()).containsExactly("lock");
    }

    private Commit request() {
        return Commit.of(EventSamples.requested(id));
    }

    private static JsonObject entry(String key, String value) {
        return new JsonObject().put("key", key).put("value", value);
    }
}
