package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Commands that wait for somebody's yes: ends those whose time is over, and has people reminded shortly before. */
final class Waiting {
    private final Brain brain;
    private final InstantSource clock;

    Waiting(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
    }

    Future<Void> look(Story story) {
        Instant now = clock.instant();
        Optional<Event.ApprovalRequested> request = story.last(Event.ApprovalRequested.class);
        if (request.filter(asked -> now.isAfter(asked.deadline())).isPresent()) {
            return expire(story, now);
        }
        return request.filter(asked -> !now.isBefore(asked.reminder()))
                .filter(asked -> !story.marks().containsKey("reminded"))
                .map(asked -> remind(story, asked))
                .orElseGet(Future::succeededFuture);
    }

    /** A yes that was committed a moment earlier wins: the state has changed then, or enough have agreed. */
    private Future<Void> expire(Story story, Instant now) {
        return brain.commit(Commit.of(new Event.Expired(story.id(), now))
                        .with(Approvals.state(story.id(), story.state()))
                        .with(Approvals.overdue(story.id())))
                .mapEmpty();
    }

    private Future<Void> remind(Story story, Event.ApprovalRequested asked) {
        return brain.commit(Commit.of()
                        .with(Approvals.state(story.id(), story.state()))
                        .with(Approvals.remind(story.id(), asked.reminder())))
                .mapEmpty();
    }
}
