package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.BrainUnavailable;
import io.signalbox.bus.CommandId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away the folders of runs that ended so long ago that the brain has forgotten them. */
final class FolderCare {
    private static final Logger LOG = LoggerFactory.getLogger(FolderCare.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Vertx vertx;
    private final Brain brain;
    private final InstantSource clock;
    private final RunFolders folders;
    private final Duration kept;

    /** {@code kept} is how long the brain remembers commands; asked beside it, since one that was lost remembers nothing. */
    FolderCare(Vertx vertx, Brain brain, InstantSource clock, RunFolders folders, Duration kept) {
        this.vertx = vertx;
        this.brain = brain;
        this.clock = clock;
        this.folders = folders;
        this.kept = kept;
    }

    void open() {
        vertx.setPeriodic(
                EVERY.toMillis(),
                timer -> tidy().onFailure(failure -> LOG.atWarn()
                        .addKeyValue("error", failure.getMessage())
                        .log("Old folders of runs stay for now")));
    }

    Future<Void> tidy() {
        return folders.atRestSince(clock.instant().minus(kept)).compose(old -> {
            Future<Void> chain = Future.succeededFuture();
            for (CommandId id : old) {
                chain = chain.compose(before -> tidy(id));
            }
            return chain;
        });
    }

    private Future<Void> tidy(CommandId id) {
        return brain.story(id)
                .compose(story -> story.isPresent() ? Future.<Void>succeededFuture() : folders.remove(id))
                .recover(failure -> {
                    if (failure instanceof BrainUnavailable) {
                        return Future.failedFuture(failure);
                    }
                    LOG.atWarn()
                            .addKeyValue("commandId", id)
                            .addKeyValue("error", failure.getMessage())
                            .log("An old folder of a run stays for now");
                    return Future.succeededFuture();
                });
    }
}
