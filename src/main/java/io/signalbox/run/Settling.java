package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Keys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * After a start the relay has yet to find the end of the log. What was admitted and waited for the bot is not dispatched
 * before that: its time for the acknowledgement would run out.
 */
final class Settling {
    private static final long LOOK_MILLIS = 100;

    private final Vertx vertx;
    private final Brain brain;
    private final InstantSource clock;
    private final Instant begin;
    private final Instant end;
    private boolean over;

    /** {@code most}: what is said of a log that does not open is for the acknowledgement's own limit of time to say then. */
    Settling(Vertx vertx, Brain brain, InstantSource clock, Duration most) {
        this.vertx = vertx;
        this.brain = brain;
        this.clock = clock;
        this.begin = clock.instant();
        this.end = begin.plus(most);
    }

    /** Completes when somebody has told, since this began, that the log is open, or it was waited for long enough. */
    Future<Void> isOver() {
        if (over || !clock.instant().isBefore(end)) {
            over = true;
            return Future.succeededFuture();
        }
        // What the bot before has said of the log stands for some seconds after its end.
        return brain.hash(Keys.AUDIT_STATUS).compose(status -> {
            boolean fresh = Long.parseLong(status.getOrDefault("at", "0")) >= begin.toEpochMilli();
            over = fresh && "yes".equals(status.get("open"));
            return over
                    ? Future.succeededFuture()
                    : vertx.timer(LOOK_MILLIS, TimeUnit.MILLISECONDS).compose(later -> isOver());
        });
    }
}
