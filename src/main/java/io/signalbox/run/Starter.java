package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Outcome;
import io.signalbox.runner.Redaction;
import io.signalbox.runner.Redactions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code Dispatched} to {@code Started}, not before the audit log has the record. Whatever happened before or happens
 * beside it, the claim in the run's folder decides whether a process exists.
 */
final class Starter {
    /** It takes a tenth of a second, or a few on a machine that is overloaded. */
    private static final Duration CLAIMS_WITHIN = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Looking looking;
    private final Brain brain;
    private final InstantSource clock;
    private final Acknowledgement acknowledgement;
    private final Launcher launcher;
    private final RunRules rules;
    private final Redactions redactions;
    private final Ending ending;
    private final Map<CommandId, String> failures = new HashMap<>();

    Starter(
            Vertx vertx,
            Brain brain,
            InstantSource clock,
            Acknowledgement acknowledgement,
            Launcher launcher,
            RunRules rules,
            Redactions redactions,
            Ending ending) {
        this.vertx = vertx;
        this.looking = new Looking(vertx);
        this.brain = brain;
        this.clock = clock;
        this.acknowledgement = acknowledgement;
        this.launcher = launcher;
        this.rules = rules;
        this.redactions = redactions;
        this.ending = ending;
    }

    Future<Void> dispatched(Story story) {
        Event.Dispatched dispatched = story.last(Event.Dispatched.class).orElseThrow();
        RunFolder folder = RunFolder.of(story);
        Instant deadline = dispatched.at().plus(rules.acknowledgement());
        return looking.at(folder).compose(now -> {
            if (!now.exists()) {
                return ending.commit(story, Conclusion.gone(folder));
            }
            if (now.claimed().isPresent()) {
                return settle(story, folder);
            }
            return begin(story, folder, deadline)
                    .onFailure(failure -> failures.put(story.id(), "since starting failed: " + failure.getMessage()))
                    .compose(done -> settle(story, folder).onSuccess(settled -> failures.remove(story.id())));
        });
    }

    private Future<Void> begin(Story story, RunFolder folder, Instant deadline) {
        if (!clock.instant().isBefore(deadline)) {
            String why = failures.getOrDefault(story.id(), "since the bot was away");
            return looking.giveUp(folder, "it was not started in time, " + why);
        }
        return acknowledgement
                .of(story.sequence(), deadline)
                .compose(recorded -> recorded
                        ? launch(folder)
                        : looking.giveUp(
                                folder,
                                "the audit log did not acknowledge it within "
                                        + rules.acknowledgement().toSeconds()
                                        + " seconds, and what is not recorded is not done"));
    }

    private Future<Void> launch(RunFolder folder) {
        return launcher.start(folder)
                .compose(pid -> claimed(folder, pid))
                .recover(failure -> failure instanceof Launcher.Rejected
                        ? looking.giveUp(folder, "the program that starts runs refused: " + failure.getMessage())
                        : Future.failedFuture(failure));
    }

    /** A wrapper that ended without claiming cannot run here at all: that is final, not to be tried again. */
    private Future<Void> claimed(RunFolder folder, long pid) {
        Instant late = clock.instant().plus(CLAIMS_WITHIN);
        return looking.until(
                        folder,
                        now -> now.claimed().isPresent()
                                || !lives(pid)
                                || !clock.instant().isBefore(late))
                .compose(over -> looking.at(folder))
                .compose(now -> now.claimed().isPresent()
                        ? Future.succeededFuture()
                        : said(folder, pid).compose(words -> looking.giveUp(folder, words)));
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private Future<String> said(RunFolder folder, long pid) {
        if (lives(pid)) {
            return Future.succeededFuture("the program that starts runs (process " + pid + ") did not take it within "
                    + CLAIMS_WITHIN.toSeconds() + " seconds");
        }
        return Future.all(redactions.current(), vertx.executeBlocking(() -> LastLines.text(folder.wrapperLog()), false))
                .map(both -> {
                    var lines = LastLines.of(both.<Redaction>resultAt(0).clean(both.<String>resultAt(1)), 3);
                    return "the program that starts runs failed: " + String.join(" / ", lines);
                });
    }

    private Future<Void> settle(Story story, RunFolder folder) {
        return looking.until(folder, Situation::isDecided).compose(now -> {
            if (now.hasRun() && now.child().isPresent()) {
                ProcessIdentity child = now.child().get();
                return brain.commit(Commit.of(new Event.Started(
                                story.id(), clock.instant(), child.pid(), child.start(), child.boot())))
                        .mapEmpty();
            }
            if (now.exit().isPresent()) {
                return redactions
                        .current()
                        .compose(redaction ->
                                ending.commit(story, Conclusion.of(now.exit().get(), null, "", redaction)));
            }
            if (now.isGone()) {
                return ending.commit(story, Conclusion.gone(folder));
            }
            String reason = now.givenUp().orElse("the program that starts runs ended before it started anything");
            return ending.commit(story, Conclusion.without(Outcome.NOT_STARTED, reason));
        });
    }
}
