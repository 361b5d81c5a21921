package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoBlockedThreads.class)
class InboxIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx.eventBus());
    private final Brain brain = REDIS.brain(vertx, events, InstantSource.system());
    private final Vertx elsewhere = Vertx.vertx();
    private final Brain unheard = REDIS.brain(elsewhere, new Events(elsewhere.eventBus()), InstantSource.system());
    private final CommandId id = CommandId.fresh();
    private final List<CommandId> handedOver = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        result(Future.all(vertx.close(), elsewhere.close()));
    }

    @Test
    void handsOverWhatTheBusTells() throws Exception {
        open(story -> brain.commit(Commit.of(EventSamples.understood(story.id()))));
        // Past the first sweep; the second is two seconds away.
        result(brain.in(Kind.REQUESTED));
        result(brain.commit(Commit.of(EventSamples.requested(id))));
        until("handed over by the bus", Duration.ofMillis(1500), () -> handedOver.contains(id));
        until(
                "taken on",
                Duration.ofSeconds(1),
                () -> result(brain.in(Kind.UNDERSTOOD)).contains(id));
    }

    @Test
    void findsWhatWasThereBeforeItOpened() throws Exception {
        result(unheard.commit(Commit.of(EventSamples.requested(id))));
        open(story -> Future.succeededFuture());
        until("found at the start", Duration.ofSeconds(1), () -> handedOver.contains(id));
    }

    @Test
    void findsWhatTheBusLost() throws Exception {
        open(story -> Future.succeededFuture());
        result(unheard.commit(Commit.of(EventSamples.requested(id))));
        until("found by a sweep", Duration.ofSeconds(4), () -> handedOver.contains(id));
    }

    @Test
    void doesNotHandOverWhatIsInWork() throws Exception {
        Promise<Void> work = Promise.promise();
        open(story -> work.future());
        result(brain.commit(Commit.of(EventSamples.requested(id))));
        until("handed over", Duration.ofSeconds(4), () -> handedOver.contains(id));
        events.publish(EventSamples.requested(id));
        vertx.timer(Inbox.SWEEP.toMillis() + 500).await();
        assertThat(handedOver).containsExactly(id);
        work.complete();
    }

    @Test
    void handsOverAgainWhatFailed() throws Exception {
        open(story -> handedOver.size() == 1
                ? Future.failedFuture("the first time")
                : brain.commit(Commit.of(EventSamples.understood(story.id()))));
        result(brain.commit(Commit.of(EventSamples.requested(id))));
        until(
                "done the second time",
                Duration.ofSeconds(5),
                () -> result(brain.in(Kind.UNDERSTOOD)).contains(id));
        assertThat(handedOver).containsExactly(id, id);
    }

    @Test
    void passesOverWhatIsNoCommandsId() throws Exception {
        result(unheard.commit(Commit.of(EventSamples.requested(id))));
        REDIS.tell("SADD", "sb:in:Requested", "damaged");
        REDIS.tell("ZADD", "sb:untold", "1", "damaged");
        open(story -> Future.succeededFuture());
        until("found beside it", Duration.ofSeconds(5), () -> handedOver.contains(id));
        assertThat(result(brain.untold())).containsExactly(id);
    }

    @Test
    void takesAnExceptionForAFailure() throws Exception {
        open(story -> {
            throw new IllegalStateException("a mistake in a stage");
        });
        result(brain.commit(Commit.of(EventSamples.requested(id))));
        until("handed over twice", Duration.ofSeconds(5), () -> handedOver.size() >= 2);
    }

    @Test
    void leavesOtherStatesAlone() throws Exception {
        open(story -> Future.succeededFuture());
        result(unheard.commit(Commit.of(EventSamples.requested(id), EventSamples.understood(id))));
        events.publish(EventSamples.requested(id));
        CommandId later = CommandId.fresh();
        result(unheard.commit(Commit.of(EventSamples.requested(later))));
        until("the later one is found", Duration.ofSeconds(4), () -> handedOver.contains(later));
        assertThat(handedOver).doesNotContain(id);
    }

    @Test
    void leavesWhatConcernsOthersToTheSweep() throws Exception {
        open(Kind.ADMITTED, said -> !said.command().equals("ping"), story -> Future.succeededFuture());
        result(brain.in(Kind.ADMITTED));
        CommandId own = CommandId.fresh();
        admit(id, "ping");
        admit(own, "runs");
        until("its own is handed over by the bus", Duration.ofMillis(1500), () -> handedOver.contains(own));
        assertThat(handedOver).doesNotContain(id);
        until("the other's by a sweep", Duration.ofSeconds(4), () -> handedOver.contains(id));
    }

    private void admit(CommandId command, String word) {
        Instruction said = new Instruction(word, word, new TreeMap<>());
        result(brain.commit(Commit.of(
                EventSamples.requested(command),
                new Event.Understood(command, Instant.EPOCH, said),
                new Event.Admitted(command, Instant.EPOCH, null, null))));
    }

    @Test
    void worksOnAfterRedisWasAway() throws Exception {
        open(story -> Future.succeededFuture());
        result(unheard.commit(Commit.of(EventSamples.requested(id))));
        REDIS.kill();
        vertx.timer(Inbox.SWEEP.toMillis()).await();
        handedOver.clear();
        REDIS.start();
        until("found after the outage", Duration.ofSeconds(5), () -> handedOver.contains(id));
    }

    private void open(Function<Story, Future<?>> work) {
        open(Kind.REQUESTED, said -> true, work);
    }

    private void open(Kind state, Predicate<Instruction> concerns, Function<Story, Future<?>> work) {
        Promise<Void> opened = Promise.promise();
        vertx.runOnContext(context -> new Inbox(vertx, events, brain, state, concerns, story -> {
                    handedOver.add(story.id());
                    return work.apply(story);
                })
                .open()
                .onComplete(opened));
        result(opened.future());
    }
}
