package io.signalbox.update;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when another release is in use, so that whoever started it starts that one; reads the catalog again when
 * other playbooks are; and ends the trial of this release when it has served for long enough. Runs are not touched. To be deployed last: from then on the bot serves.
 */
public final class UpdateStage extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateStage.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    static final Duration PROVEN = Duration.ofSeconds(60);

    private final Installed installed;
    private final Trial trial;
    private final Playbooks playbooks;
    private final InstantSource clock;
    private final Runnable leave;
    private final Duration look;
    private Instant begin = Instant.MAX;
    private boolean vouched;
    private String complaint = "";

    /** {@code leave} begins a clean end of the process, and returns. */
    public UpdateStage(Installed installed, Playbooks playbooks, Path state, InstantSource clock, Runnable leave) {
        this(installed, playbooks, state, clock, leave, LOOK);
    }

    UpdateStage(
            Installed installed, Playbooks playbooks, Path state, InstantSource clock, Runnable leave, Duration look) {
        this.installed = installed;
        this.playbooks = playbooks;
        this.trial = Trial.in(state);
        this.clock = clock;
        this.leave = leave;
        this.look = look;
    }

    @Override
    public Future<?> start() {
        begin = clock.instant();
        lookAgain();
        return Future.succeededFuture();
    }

    private void lookAgain() {
        vertx.setTimer(look.toMillis(), timer -> look());
    }

    private enum Found {
        REPLACED,
        SERVING,
        VOUCHED_FOR
    }

    private void look() {
        boolean due = !vouched && !clock.instant().isBefore(begin.plus(PROVEN));
        vertx.executeBlocking(() -> found(due), false).onComplete(this::goOn, failure -> {
            complain(failure);
            lookAgain();
        });
    }

    private Found found(boolean due) throws IOException {
        if (!installed.isInUse()) {
            return Found.REPLACED;
        }
        playbooks.follow();
        if (due && trial.isOf(installed.commit())) {
            trial.end();
            LOG.atInfo().addKeyValue("release", installed.commit()).log("This release has passed its trial");
        }
        return due ? Found.VOUCHED_FOR : Found.SERVING;
    }

    private void goOn(Found found) {
        complaint = "";
        vouched |= found == Found.VOUCHED_FOR;
        if (found == Found.REPLACED) {
            LOG.atInfo()
                    .addKeyValue("release", installed.commit())
                    .log("Another release is in use now: this one ends, runs go on");
            leave.run();
        } else {
            lookAgain();
        }
    }

    private void complain(Throwable failure) {
        String now = String.valueOf(failure.getMessage());
        if (!now.equals(complaint)) {
            complaint = now;
            LOG.atError().addKeyValue("error", now).log("Which release is in use cannot be told; this one goes on");
        }
    }
}
