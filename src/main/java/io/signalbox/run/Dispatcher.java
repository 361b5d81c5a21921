package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.runner.CodeCopies;
import io.signalbox.runner.Invocation;
import io.signalbox.runner.Invocations;
import io.signalbox.runner.NotRunnable;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code Admitted} to {@code Dispatched}: everything is ready on the disk, and nothing is started yet. */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Fragment SLOT = Fragment.beside(Dispatcher.class, "run.slot", "slot.lua");
    private static final String FULL = "full";

    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Invocations invocations;
    private final CodeCopies copies;
    private final RunFolders folders;
    private final RunRules rules;
    private final Ending ending;
    private final Instant begin;

    Dispatcher(
            Brain brain,
            InstantSource clock,
            Supplier<Catalog> catalog,
            Invocations invocations,
            CodeCopies copies,
            RunFolders folders,
            RunRules rules,
            Ending ending) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.invocations = invocations;
        this.copies = copies;
        this.folders = folders;
        this.rules = rules;
        this.ending = ending;
        this.begin = clock.instant();
    }

    Future<Void> dispatch(Story story, CommandSpec spec) {
        Event.Admitted admitted = story.last(Event.Admitted.class).orElseThrow();
        Plan plan = admitted.plan();
        if (plan == null) {
            return refuse(story, "the gate admitted it without a plan");
        }
        return isStale(admitted, plan).compose(stale -> {
            if (stale) {
                return refuse(story, "the playbooks or the catalog have changed since it was admitted; say it again");
            }
            Path folder = folders.of(story.id());
            try {
                Invocation invocation =
                        invocations.run(spec, story.instruction(), plan, copies.folder(plan.content()), folder);
                return folders.write(story.id(), invocation, admitted.lock(), spec.timeout())
                        .transform(written -> written.succeeded()
                                ? commit(story, invocation, folder)
                                : unprepared(story, admitted, written.cause()));
            } catch (NotRunnable impossible) {
                return refuse(story, String.valueOf(impossible.getMessage()));
            }
        });
    }

    /** A full disk may have room again in a moment. Whoever waits longer is told, rather than surprised by a late start. */
    private Future<Void> unprepared(Story story, Event.Admitted admitted, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return clock.instant().isBefore(admitted.at().plus(rules.acknowledgement()))
                ? Future.failedFuture(failure)
                : refuse(story, "it could not be prepared: " + cause.getMessage());
    }

    /** The catalog's entry is taken from memory: after a restart it may be another one than was approved. */
    private Future<Boolean> isStale(Event.Admitted admitted, Plan plan) {
        return admitted.at().isBefore(begin)
                ? copies.current().map(copy -> !copy.hash().equals(plan.content()))
                : Future.succeededFuture(false);
    }

    private Future<Void> commit(Story story, Invocation invocation, Path folder) {
        Event dispatched = new Event.Dispatched(story.id(), clock.instant(), invocation.argv(), folder.toString());
        return brain.commit(Commit.of(dispatched).with(SLOT, new JsonObject().put("most", rules.atOnce())))
                .compose(result -> {
                    if (result instanceof CommitResult.Declined declined
                            && declined.code().equals(FULL)) {
                        LOG.atInfo().addKeyValue("commandId", story.id()).log("Too many runs are under way; it waits");
                    }
                    return Future.succeededFuture();
                });
    }

    private Future<Void> refuse(Story story, String reason) {
        return ending.commit(story, Conclusion.without(Outcome.NOT_STARTED, reason));
    }

    /** The entry of the catalog, where this command starts a process; a command that the catalog has lost is ended. */
    Future<Void> admitted(Story story) {
        return catalog.get()
                .find(story.instruction().command())
                .map(spec -> spec.startsProcess() ? dispatch(story, spec) : Future.<Void>succeededFuture())
                .orElseGet(() -> refuse(
                        story,
                        "the catalog has no command '" + story.instruction().command() + "' any more"));
    }
}
