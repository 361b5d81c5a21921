package io.signalbox.audit;

import io.vertx.core.Future;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the relay says of itself in the brain: at each change, and again and again, since it is forgotten soon. */
final class Announcement {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);
    private static final Duration AGAIN = Duration.ofMillis(900);

    private final Ledger ledger;
    private Status status = Status.closed("the audit log was not reached yet");
    private long said = System.nanoTime();
    private boolean replaced;
    private boolean over;

    Announcement(Ledger ledger) {
        this.ledger = ledger;
    }

    boolean isOpen() {
        return status.open();
    }

    /** From now on another relay's word counts, where there is one. */
    void leaveTheWord() {
        replaced = true;
    }

    void become(Status next) {
        if (over || next.equals(status)) {
            return;
        }
        status = next;
        if (next.open()) {
            LOG.atInfo().log("The audit log is open");
        } else {
            LOG.atWarn().addKeyValue("error", next.reason()).log("The audit log is closed: changes are refused");
        }
        say();
    }

    /** Says the same once more, where the last time was about a second ago. */
    void repeat() {
        if (!over && System.nanoTime() - said >= AGAIN.toNanos()) {
            say();
        }
    }

    /** The last word; completes also where the brain does not answer. */
    Future<Void> last(Status end) {
        over = true;
        status = end;
        return say();
    }

    private Future<Void> say() {
        said = System.nanoTime();
        return ledger.say(status, replaced)
                .onFailure(
                        e -> LOG.atDebug().addKeyValue("error", e.getMessage()).log("The status was not told"))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
