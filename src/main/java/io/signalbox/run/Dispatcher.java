package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.BrainUnavailable;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.runner.CodeCopies;
import io.signalbox.runner.Invocation;
import io.signalbox.runner.Invocations;
import io.signalbox.runner.NotRunnable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code Admitted} to {@code Dispatched}: everything is ready on the disk, and nothing is started yet. */
final class Dispatcher {
    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Invocations invocations;
    private final CodeCopies copies;
    private final RunFolders folders;
    private final RunRules rules;
    private final Ending ending;
    private final Turns turns;
    private final Settling settling;
    private final Instant begin;

    Dispatcher(
            Vertx vertx,
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
        this.turns = new Turns(brain, rules.conduct());
        this.settling = new Settling(vertx, brain, clock, rules.settling());
        this.begin = clock.instant();
    }

    private Future<Void> dispatch(Story story) {
        Event.Admitted admitted = story.last(Event.Admitted.class).orElseThrow();
        return settling.isOver()
                .compose(settled -> dispatch(story, admitted))
                .recover(failure -> failure instanceof BrainUnavailable
                        ? Future.failedFuture(failure)
                        : unprepared(story, admitted, failure));
    }

    private Future<Void> dispatch(Story story, Event.Admitted admitted) {
        Plan plan = admitted.plan();
        if (plan == null) {
            return refuse(story, "the gate admitted it without a plan");
        }
        if (isOld(admitted)) {
            return refuse(
                    story,
                    "it was admitted at " + admitted.at().truncatedTo(ChronoUnit.SECONDS)
                            + " and the bot was away; say it again");
        }
        return copies.catalog(plan.content())
                .map(Optional::of)
                .recover(failure -> failure instanceof IOException
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure))
                .compose(sources -> prepare(story, admitted, plan, sources));
    }

    /** Waiting for its turn while the bot lives is no reason not to run. */
    private boolean isOld(Event.Admitted admitted) {
        return admitted.at().isBefore(begin) && admitted.at().plus(Story.TIMELY).isBefore(clock.instant());
    }

    /** The entry of the catalog is taken from memory, and that has to be the catalog which {@code plan} was made under. */
    private Future<Void> prepare(Story story, Event.Admitted admitted, Plan plan, Optional<String> sources) {
        Catalog loaded = catalog.get();
        Optional<CommandSpec> entry = loaded.find(story.instruction().command());
        if (entry.isEmpty() || !sources.equals(Optional.of(loaded.sources()))) {
            return refuse(story, "the catalog has changed since it was admitted; say it again");
        }
        Path folder = folders.of(story.id());
        try {
            Invocation invocation = invocations
                    .under(loaded)
                    .run(entry.get(), story.instruction(), plan, copies.folder(plan.content()), folder);
            return turns.isFree(story)
                    .compose(free -> free
                            ? folders.write(
                                            story.id(),
                                            invocation,
                                            admitted.lock(),
                                            entry.get().timeout())
                                    .compose(written -> commit(story, invocation, folder))
                            : Future.succeededFuture());
        } catch (NotRunnable impossible) {
            return refuse(story, String.valueOf(impossible.getMessage()));
        }
    }

    /** A full disk may have room again in a moment. Whoever waits longer is told, rather than surprised by a late start. */
    private Future<Void> unprepared(Story story, Event.Admitted admitted, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return clock.instant().isBefore(admitted.at().plus(rules.acknowledgement()))
                ? Future.failedFuture(failure)
                : refuse(story, "it could not be prepared: " + cause.getMessage());
    }

    /** Declined where others were faster: the next sweep looks again. */
    private Future<Void> commit(Story story, Invocation invocation, Path folder) {
        Event dispatched =
                new Event.Dispatched(story.id(), clock.instant(), invocation.argv(), folder.toString(), rules.home());
        return brain.commit(Commit.of(dispatched).with(turns.demand())).mapEmpty();
    }

    private Future<Void> refuse(Story story, String reason) {
        return ending.unbegun(story, reason);
    }

    /** The entry of the catalog, where this command starts a process; a command that the catalog has lost is ended. */
    Future<Void> admitted(Story story) {
        return catalog.get()
                .find(story.instruction().command())
                .map(spec -> spec.startsProcess() ? dispatch(story) : Future.<Void>succeededFuture())
                .orElseGet(() -> refuse(
                        story,
                        "the catalog has no command '" + story.instruction().command() + "' any more"));
    }
}
