package io.signalbox.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run that is looked at again and again until nothing more can come of it. One look is over before the next begins,
 * so the tally is never used by two threads at once.
 */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long LOOK_MILLIS = 40;
    /** The recap is the last event: Ansible takes a tenth of a second more to end. */
    private static final long LOOK_AFTER_RECAP_MILLIS = 5;

    private static final long AFTER_FAILURE_MILLIS = 1000;
    private static final Duration TELL_CHANGES = Duration.ofMillis(500);
    private static final Duration TELL_TIME = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final RunFolder folder;
    private final @Nullable Tally tally;
    private final LineReader lines;
    private final Runnable tell;
    private final Promise<Situation> end = Promise.promise();
    private long toldAt = System.nanoTime();
    private long toldChanges;

    /** {@code tell} is called on the event loop when people should hear how far it is. */
    Watch(Vertx vertx, RunFolder folder, @Nullable Tally tally, Runnable tell) {
        this.vertx = vertx;
        this.folder = folder;
        this.tally = tally;
        this.lines = new LineReader(folder.events());
        this.tell = tell;
    }

    /** What the folder says at the end, when every event has been read. */
    Future<Situation> end() {
        look();
        return end.future();
    }

    private void look() {
        vertx.executeBlocking(this::read, false).onComplete(seen -> {
            if (seen.failed()) {
                LOG.atWarn()
                        .addKeyValue("target", folder.path())
                        .addKeyValue("error", seen.cause().getMessage())
                        .log("The folder of a run cannot be read; it is looked at again");
            } else if (seen.result().over()) {
                end.complete(seen.result().situation());
                return;
            } else {
                tellNowAndThen();
            }
            vertx.setTimer(seen.failed() ? AFTER_FAILURE_MILLIS : untilNextLook(), timer -> look());
        });
    }

    private long untilNextLook() {
        return tally != null && tally.recap().isPresent() ? LOOK_AFTER_RECAP_MILLIS : LOOK_MILLIS;
    }

    private record Seen(Situation situation, boolean over) {}

    /** The folder first, then the events: those of a run that was over before are all there. */
    private Seen read() throws IOException {
        Situation now = folder.look();
        boolean more = tally != null && lines.read(tally::add);
        return new Seen(now, !more && (now.exit().isPresent() || now.isAbandoned() || now.isGone()));
    }

    private void tellNowAndThen() {
        Duration since = Duration.ofNanos(System.nanoTime() - toldAt);
        boolean changed = tally != null && tally.changes() != toldChanges;
        if (since.compareTo(TELL_TIME) >= 0 || (changed && since.compareTo(TELL_CHANGES) >= 0)) {
            toldAt = System.nanoTime();
            toldChanges = tally == null ? 0 : tally.changes();
            tell.run();
        }
    }
}
