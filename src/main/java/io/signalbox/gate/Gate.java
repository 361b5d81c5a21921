package io.signalbox.gate;

import io.signalbox.brain.BrainUnavailable;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Signal;
import io.signalbox.catalog.Action;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each command to the part that decides it, and ends those that no part can decide. */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final GateParts parts;

    Gate(InstantSource clock, Supplier<Catalog> catalog, GateParts parts) {
        this.clock = clock;
        this.catalog = catalog;
        this.parts = parts;
    }

    Future<Void> understood(Story story) {
        return parts.first()
                .ensure()
                .compose(founded -> decide(story, asked -> {
                    CommandId cause = story.requested().because();
                    if (cause != null) {
                        return parts.consequences().takeOn(asked, cause);
                    }
                    if (isOld(asked)) {
                        return end(story, old(asked));
                    }
                    Instant due = asked.instruction().manner().due();
                    if (due != null) {
                        return parts.scheduling().takeOn(asked, due);
                    }
                    if (isTakeOver(asked)) {
                        return parts.takeOver().decide(asked);
                    }
                    return asked.spec().action() instanceof Action.Answer word
                            ? parts.words().decide(asked, word)
                            : parts.admission().decide(asked);
                }));
    }

    /** What only asks is answered late rather than never. */
    private boolean isOld(Asked asked) {
        return Policy.needsRecording(asked.spec())
                && asked.at().plus(Story.TIMELY).isBefore(clock.instant());
    }

    private Verdict.Refused old(Asked asked) {
        return new Verdict.Refused(
                "old",
                "This was said at " + Times.shown(asked.at(), clock.instant())
                        + " and the bot was away; nothing was done.",
                "Say it again.");
    }

    /** Where several have to agree, the first yes is not the last. */
    Future<Void> approved(Story story) {
        if (!story.isAgreed()) {
            return parts.waiting().look(story);
        }
        return decide(
                story,
                asked -> isTakeOver(asked)
                        ? parts.takeOver().approved(asked)
                        : parts.approved().decide(asked));
    }

    /** The one word about the bot that waits for somebody else's yes. */
    private static boolean isTakeOver(Asked asked) {
        return !asked.spec().startsProcess() && asked.approval().isPresent();
    }

    Future<Void> queued(Story story) {
        return decide(story, parts.queueing()::decide);
    }

    Future<Void> scheduled(Story story) {
        return decide(story, parts.scheduling()::look);
    }

    Future<Void> waiting(Story story) {
        return parts.waiting().look(story);
    }

    Future<Set<String>> sayable(Signal.Sayable question) {
        return parts.first().ensure().compose(founded -> parts.sayable().names(question));
    }

    private Future<Void> decide(Story story, Function<Asked, Future<Void>> decision) {
        String name = story.instruction().command();
        Optional<CommandSpec> spec = catalog.get().find(name);
        if (spec.isEmpty()) {
            return end(story, new Verdict.Refused("catalog", "The catalog has no command " + name + " any more."));
        }
        return Future.succeededFuture(new Asked(story, spec.get()))
                .compose(decision)
                .recover(failure ->
                        failure instanceof BrainUnavailable ? Future.failedFuture(failure) : broken(story, failure));
    }

    /** What failed for another reason than the brain would fail again: the command ends, and its person is told. */
    private Future<Void> broken(Story story, Throwable failure) {
        LOG.atError().setCause(failure).addKeyValue("commandId", story.id()).log("A command could not be decided");
        return end(
                story,
                new Verdict.Refused(
                        "failed",
                        "The gate could not decide this: " + failure.getMessage() + ". Nothing was done.",
                        "The log of Signalbox has more about " + story.id() + "."));
    }

    private Future<Void> end(Story story, Verdict.Refused why) {
        return parts.checks().refuse(story.id(), story.state(), why);
    }
}
