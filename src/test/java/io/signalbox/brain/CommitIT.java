package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.signalbox.fixture.TestClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoBlockedThreads.class)
class CommitIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx.eventBus());
    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final Brain brain = REDIS.brain(vertx, events, clock);
    private final CommandId id = CommandId.fresh();
    private final CommandId other = CommandId.fresh();

    @AfterEach
    void end() {
        result(vertx.close());
    }

    @Test
    void numbersEventsOneAfterTheOtherAndPutsThemIntoTheOutbox() {
        assertThat(commit(requested(id), requested(other))).isEqualTo(new CommitResult.Committed(List.of(1L, 2L)));
        assertThat(commit(understood(id))).isEqualTo(new CommitResult.Committed(List.of(3L)));
        List<OutboxEntry> outbox = result(brain.outbox(10));
        assertThat(outbox).extracting(OutboxEntry::sequence).containsExactly(1L, 2L, 3L);
        assertThat(outbox.get(2).json()).contains("\"kind\":\"Understood\"").contains(id.value());
    }

    @Test
    void refusesWhatTheStateDoesNotAllow() {
        assertThat(commit(understood(id))).isEqualTo(new CommitResult.Declined("state", ""));
        commit(requested(id));
        assertThat(commit(requested(id))).isEqualTo(new CommitResult.Declined("state", "Requested"));
        assertThat(commit(answered(id))).isEqualTo(new CommitResult.Declined("state", "Requested"));
        assertThat(result(brain.outbox(10))).hasSize(1);
    }

    @Test
    void refusesWhatTheAuditLogMightNotTake() {
        Event.Requested request = (Event.Requested) requested(id);
        Event huge = new Event.Requested(
                id, request.at(), request.by(), request.room(), request.message(), "ü".repeat(256 * 1024));
        assertThatThrownBy(() -> commit(huge)).hasMessageContaining("the audit log is sure to take 524288");
        assertThat(result(brain.outbox(10))).isEmpty();
        assertThat(commit(requested(id))).isInstanceOf(CommitResult.Committed.class);
    }

    @Test
    void aDamagedSetOfTheStateBeforeStopsAllOfIt() {
        commit(requested(id));
        REDIS.tell("DEL", "sb:in:Requested");
        REDIS.tell("SET", "sb:in:Requested", "damaged");
        assertThatThrownBy(() -> commit(understood(id))).hasMessageContaining("damaged brain: sb:in:Requested");
        assertThat(result(brain.story(id)).orElseThrow().state()).isEqualTo(Kind.REQUESTED);
        assertThat(result(brain.outbox(10))).hasSize(1);
    }

    @Test
    void takesACommandThroughSeveralStatesInOneCommit() {
        commit(requested(id), understood(id), admitted(id), answered(id));
        Story story = result(brain.story(id)).orElseThrow();
        assertThat(story.state()).isEqualTo(Kind.ANSWERED);
        assertThat(story.sequence()).isEqualTo(4);
        assertThat(story.events()).hasSize(4);
        for (Kind kind : List.of(Kind.REQUESTED, Kind.UNDERSTOOD, Kind.ADMITTED)) {
            assertThat(result(brain.in(kind))).isEmpty();
        }
    }

    @Test
    void oneEventThatIsNotAllowedStopsAllOfThem() {
        commit(requested(id));
        assertThat(commit(understood(id), answered(other))).isEqualTo(new CommitResult.Declined("state", ""));
        assertThat(result(brain.in(Kind.REQUESTED))).containsExactly(id);
        assertThat(result(brain.outbox(10))).hasSize(1);
    }

    @Test
    void aRepeatedCommitReturnsTheFirstResultAndWritesNothing() {
        Commit commit = Commit.of(requested(id));
        CommitResult first = result(brain.commit(commit));
        commit(understood(id));
        assertThat(result(brain.commit(commit))).isEqualTo(first);
        assertThat(result(brain.outbox(10))).hasSize(2);
        assertThat(result(brain.story(id)).orElseThrow().state()).isEqualTo(Kind.UNDERSTOOD);
    }

    @Test
    void ofManyWhoClaimACommandOneWins() {
        commit(requested(id));
        List<Brain> brains = List.of(brain, REDIS.brain(vertx, events, clock), REDIS.brain(vertx, events, clock));
        List<Future<CommitResult>> claims = IntStream.range(0, 30)
                .mapToObj(claim -> brains.get(claim % 3).commit(Commit.of(understood(id))))
                .toList();
        result(Future.all(claims));
        List<CommitResult> results = claims.stream().map(Future::result).toList();
        assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(CommitResult.Declined.class::isInstance)
                .containsOnly(new CommitResult.Declined("state", "Understood"))
                .hasSize(29);
    }

    @Test
    void remembersWhatNobodyWasTold() {
        commit(requested(id));
        commit(requested(other));
        commit(understood(id));
        assertThat(result(brain.untold())).containsExactly(other, id);
    }

    @Test
    void forgetsACommandSomeTimeAfterItsEnd() throws Exception {
        Connection connection = REDIS.connection(vertx);
        Brain forgetful = new Brain(connection, new CommitScript(connection, clock, Duration.ofMillis(200)), events);
        result(forgetful.commit(Commit.of(requested(id), misunderstood(id))));
        assertThat(result(forgetful.story(id))).isPresent();
        clock.move(Duration.ofMillis(201));
        result(forgetful.commit(Commit.of(requested(other))));
        Eventually.until(
                "the story is forgotten",
                Duration.ofSeconds(5),
                () -> result(forgetful.story(id)).isEmpty());
        assertThat(result(forgetful.story(other))).as("not ended").isPresent();
    }

    @Test
    void aStoryAlwaysHasTheNumberOfItsOwnLastEvent() {
        for (int round = 0; round < 100; round++) {
            CommandId each = CommandId.fresh();
            long first = ((CommitResult.Committed) commit(requested(each)))
                    .sequence()
                    .get(0);
            var next = brain.commit(Commit.of(understood(each)));
            List<Story> seen = Stream.of(brain.story(each), brain.story(each), brain.story(each))
                    .map(story -> result(story).orElseThrow())
                    .toList();
            long second = ((CommitResult.Committed) result(next)).sequence().get(0);
            assertThat(seen)
                    .allSatisfy(story ->
                            assertThat(story.sequence()).isEqualTo(story.state() == Kind.REQUESTED ? first : second));
        }
    }

    @Test
    void aKeyOfTheWrongTypeStopsACommitBeforeItsFirstWrite() {
        REDIS.tell("SET", "sb:untold", "somebody's");
        assertThatThrownBy(() -> commit(requested(id))).hasMessageContaining("sb:untold is a string, not a zset");
        assertThat(REDIS.keys()).containsExactly("sb:untold");
    }

    @Test
    void aNumberIsNeverGivenTwice() {
        commit(requested(id), understood(id));
        REDIS.tell("SET", "sb:seq", "1");
        assertThatThrownBy(() -> commit(requested(other))).hasMessageContaining("number 2 was given before");
        assertThat(result(brain.story(other))).isEmpty();
        assertThat(REDIS.tell("GET", "sb:seq")).isEqualTo("1");
    }

    private CommitResult commit(Event... transitions) {
        return result(brain.commit(Commit.of(transitions)));
    }

    private static Event requested(CommandId id) {
        return EventSamples.requested(id);
    }

    private static Event understood(CommandId id) {
        return EventSamples.understood(id);
    }

    private Event admitted(CommandId id) {
        return new Event.Admitted(id, clock.instant(), null, null);
    }

    private Event answered(CommandId id) {
        return new Event.Answered(id, clock.instant(), "pong");
    }

    private Event misunderstood(CommandId id) {
        return new Event.Misunderstood(id, clock.instant(), "what?", List.of());
    }
}
