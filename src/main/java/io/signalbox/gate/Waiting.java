package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;

/** Commands that wait for somebody's yes: ends those whose time is over. */
final class Waiting {
    private final Brain brain;
    private final InstantSource clock;

    Waiting(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
    }

    Future<Void> look(Story story) {
        Instant now = clock.instant();
        boolean over = story.last(Event.ApprovalRequested.class)
                .filter(request -> now.isAfter(request.deadline()))
                .isPresent();
        return over ? expire(story, now) : Future.succeededFuture();
    }

    /** A yes that was committed a moment earlier wins: the state has changed then. */
    private Future<Void> expire(Story story, Instant now) {
        return brain.commit(Commit.of(new Event.Expired(story.id(), now))
                        .with(Approvals.state(story.id(), Kind.APPROVAL_REQUESTED))
                        .with(Approvals.overdue(story.id())))
                .mapEmpty();
    }
}
