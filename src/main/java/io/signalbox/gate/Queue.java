package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Those who wait for a lock, in the order in which they came. */
final class Queue {
    private static final Fragment JOIN = Fragment.beside(Queue.class, "gate.queue", "queue.lua");

    private final Brain brain;
    private final InstantSource clock;
    private final Duration longest;

    /** {@code longest}: how long a command waits before it is given up. */
    Queue(Brain brain, InstantSource clock, Duration longest) {
        this.brain = brain;
        this.clock = clock;
        this.longest = longest;
    }

    /** Those who wait for this lock now, the first one first. */
    Future<List<Story>> waiting(String lock) {
        return brain.ranked("sb:gate:queue:" + lock)
                .compose(brain::stories)
                .map(found -> found.stream()
                        .filter(story -> story.state() == Kind.QUEUED)
                        .toList());
    }

    /** A command whose lock is not to be had waits for it; what others have agreed to stays agreed to meanwhile. */
    Future<Void> join(Asked asked) {
        Instant until = clock.instant().plus(longest);
        return put(asked, until, 1, asked.story().isAgreed());
    }

    /** Says its place again where it has become another one. */
    Future<Void> move(Asked asked) {
        Event.Queued said = queued(asked);
        return waiting(said.lock()).compose(others -> {
            long place = 1
                    + others.stream()
                            .takeWhile(other -> !other.id().equals(asked.id()))
                            .count();
            return place == said.place()
                    ? Future.succeededFuture()
                    : put(asked, said.until(), Math.toIntExact(place), false);
        });
    }

    /** Ends what has waited for too long. */
    Future<Boolean> giveUp(Asked asked) {
        Instant now = clock.instant();
        if (!now.isAfter(queued(asked).until())) {
            return Future.succeededFuture(false);
        }
        return brain.commit(Commit.of(new Event.Expired(asked.id(), now))
                        .with(Approvals.state(asked.id(), Kind.QUEUED))
                        .with(Approvals.close(asked.id())))
                .map(true);
    }

    private Future<Void> put(Asked asked, Instant until, int place, boolean agreed) {
        String lock = asked.lock().orElseThrow();
        Commit commit = Commit.of(new Event.Queued(asked.id(), clock.instant(), lock, place, until))
                .with(asked.unchanged())
                .with(
                        JOIN,
                        new JsonObject()
                                .put("lock", lock)
                                .put("command", asked.id().value())
                                .put("person", asked.by().id())
                                .put("place", place));
        return brain.commit(agreed ? commit.with(Approvals.keep(asked.id(), until)) : commit)
                .compose(result -> result instanceof CommitResult.Declined declined
                                && declined.code().equals("place")
                        ? put(asked, until, Integer.parseInt(declined.detail()), agreed)
                        // In another state by now; or agreed to too long ago, which the next sweep ends.
                        : Future.succeededFuture());
    }

    private static Event.Queued queued(Asked asked) {
        return asked.story().last(Event.Queued.class).orElseThrow();
    }
}
