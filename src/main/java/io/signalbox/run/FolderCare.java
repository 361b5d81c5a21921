package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.BrainUnavailable;
import io.signalbox.config.RunConduct;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away the folders of runs that ended long ago, and the oldest where they hold too much; never one under way. */
final class FolderCare {
    private static final Logger LOG = LoggerFactory.getLogger(FolderCare.class);
    /** Soon, since a bot may be replaced more often than every hour. */
    private static final Duration FIRST = Duration.ofMinutes(5);

    private static final Duration EVERY = Duration.ofHours(1);
    /** People still look at it, however large it is. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private final Vertx vertx;
    private final Brain brain;
    private final InstantSource clock;
    private final RunFolders folders;
    private final RunConduct conduct;

    FolderCare(Vertx vertx, Brain brain, InstantSource clock, RunFolders folders, RunConduct conduct) {
        this.vertx = vertx;
        this.brain = brain;
        this.clock = clock;
        this.folders = folders;
        this.conduct = conduct;
    }

    void open() {
        vertx.setPeriodic(
                FIRST.toMillis(),
                EVERY.toMillis(),
                timer -> tidy().onFailure(failure -> LOG.atWarn()
                        .addKeyValue("error", failure.getMessage())
                        .log("Old folders of runs stay for now")));
    }

    Future<Void> tidy() {
        return folders.atRest().compose(this::ended).compose(ended -> {
            Future<Void> chain = Future.succeededFuture();
            for (PastFolder folder : tooMuch(ended)) {
                chain = chain.compose(before -> remove(folder));
            }
            return chain;
        });
    }

    /** Those whose command is over, or forgotten by the brain. Asked beside the folder: what waits to begin has no life in it. */
    private Future<List<PastFolder>> ended(List<PastFolder> all) {
        List<PastFolder> ended = new ArrayList<>();
        Future<Void> chain = Future.succeededFuture();
        for (PastFolder each : all) {
            chain = chain.compose(before -> isOver(each)).map(over -> {
                if (over) {
                    ended.add(each);
                }
                return null;
            });
        }
        return chain.map(asked -> ended);
    }

    private Future<Boolean> isOver(PastFolder folder) {
        return brain.story(folder.id())
                .map(story -> story.map(found -> found.state().isTerminal()).orElse(true))
                .recover(failure -> {
                    if (failure instanceof BrainUnavailable) {
                        return Future.failedFuture(failure);
                    }
                    stays(folder, failure);
                    return Future.succeededFuture(false);
                });
    }

    /** {@code ended}, the oldest first. */
    private List<PastFolder> tooMuch(List<PastFolder> ended) {
        Instant now = clock.instant();
        long bytes = ended.stream().mapToLong(PastFolder::bytes).sum();
        List<PastFolder> leaving = new ArrayList<>();
        for (PastFolder each : ended) {
            boolean old = each.changed().isBefore(now.minus(conduct.keep()));
            boolean young = !each.changed().isBefore(now.minus(YOUNG));
            if (old || (bytes > conduct.keepBytes() && !young)) {
                leaving.add(each);
                bytes -= each.bytes();
            }
        }
        return leaving;
    }

    private Future<Void> remove(PastFolder folder) {
        return folders.remove(folder.id()).recover(failure -> {
            stays(folder, failure);
            return Future.succeededFuture();
        });
    }

    private static void stays(PastFolder folder, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("commandId", folder.id())
                .addKeyValue("error", failure.getMessage())
                .log("An old folder of a run stays for now");
    }
}
