package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Keys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Whether the audit log takes records: what is not recorded does not run. */
final class Recording {
    private static final Fragment OPEN = Fragment.beside(Recording.class, "gate.recording", "recording.lua");
    private static final long LOOK_MILLIS = 100;

    private final Vertx vertx;
    private final Brain brain;
    private boolean settled;

    /**
     * {@code settling}: how long after this moment a log that is not open yet is waited for. After a restart the gate is
     * ready before the relay has found the end of the log, and must not refuse what waited for the bot.
     */
    Recording(Vertx vertx, Brain brain, Duration settling) {
        this.vertx = vertx;
        this.brain = brain;
        if (settling.isZero()) {
            settled = true;
        } else {
            vertx.setTimer(settling.toMillis(), timer -> settled = true);
        }
    }

    Future<Verdict> isOpen() {
        return brain.hash(Keys.AUDIT_STATUS).compose(status -> {
            if ("yes".equals(status.get("open"))) {
                return Future.succeededFuture(Verdict.allowed());
            }
            return settled
                    ? Future.succeededFuture(closed(status))
                    : vertx.timer(LOOK_MILLIS, TimeUnit.MILLISECONDS).compose(later -> isOpen());
        });
    }

    private static Verdict.Refused closed(Map<String, String> status) {
        String reason = status.getOrDefault("reason", "");
        return new Verdict.Refused(
                "audit",
                "The audit log takes no records now: " + (reason.isBlank() ? "nobody is recording" : reason)
                        + ". What is not recorded is not done, and nothing was done.",
                "Say it again when `status` says that the audit log is open.");
    }

    /** In a commit: the audit log must be open. */
    static Commit.Part demand() {
        return new Commit.Part(OPEN, new JsonObject());
    }
}
