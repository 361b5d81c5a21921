package io.signalbox.gate;

import io.vertx.core.Future;

/** The way of a command that waits for its lock: when its turn has come it is decided anew, as if it were said now. */
final class Queueing {
    private final Locks locks;
    private final Queue queue;
    private final Admission admission;
    private final Approved approved;

    Queueing(Locks locks, Queue queue, Admission admission, Approved approved) {
        this.locks = locks;
        this.queue = queue;
        this.admission = admission;
        this.approved = approved;
    }

    Future<Void> decide(Asked asked) {
        return queue.giveUp(asked).compose(over -> over ? Future.succeededFuture() : turn(asked));
    }

    private Future<Void> turn(Asked asked) {
        return locks.areOpen(asked).compose(verdict -> {
            if (verdict instanceof Verdict.Refused) {
                return queue.move(asked);
            }
            return asked.story().isAgreed() ? approved.decide(asked) : admission.decide(asked);
        });
    }
}
