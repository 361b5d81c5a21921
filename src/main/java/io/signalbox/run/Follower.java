package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Signal;
import io.signalbox.runner.Redaction;
import io.signalbox.runner.Redactions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Started} to {@code Finished}: watches the folder of a run, whether it began just now or while the bot was away. */
final class Follower {
    private static final Conclusion PROCESSES_GONE =
            Conclusion.without(Outcome.LOST, "its processes are gone and left no result");

    private final Vertx vertx;
    private final Events events;
    private final Brain brain;
    private final InstantSource clock;
    private final Looking looking;
    private final Redactions redactions;
    private final Ending ending;

    Follower(Vertx vertx, Events events, Brain brain, InstantSource clock, Redactions redactions, Ending ending) {
        this.vertx = vertx;
        this.events = events;
        this.brain = brain;
        this.clock = clock;
        this.looking = new Looking(vertx);
        this.redactions = redactions;
        this.ending = ending;
    }

    /** Completes when the run has ended and that is committed. */
    Future<Void> started(Story story) {
        RunFolder folder = RunFolder.of(story);
        return looking.at(folder).compose(now -> {
            if (now.isGone()) {
                return ending.commit(story, Conclusion.gone(folder));
            }
            return Future.all(
                            PastRuns.expectation(brain, story.instruction().command()),
                            vertx.executeBlocking(folder::writesEvents, false),
                            redactions.current())
                    .compose(known -> follow(story, folder, known.resultAt(0), known.resultAt(1), known.resultAt(2)));
        });
    }

    private Future<Void> follow(
            Story story, RunFolder folder, Expectation expected, boolean writesEvents, Redaction redaction) {
        Tally tally = writesEvents ? new Tally() : null;
        Watch watch = new Watch(vertx, folder, tally, () -> tell(story, tally, expected, redaction));
        return watch.end().compose(end -> conclude(story.id(), folder, tally, end));
    }

    private void tell(Story story, @Nullable Tally tally, Expectation expected, Redaction redaction) {
        var begin = story.last(Event.Started.class).orElseThrow().at();
        Duration elapsed = Duration.between(begin, clock.instant());
        Tally known = tally == null ? new Tally() : tally;
        events.publish(
                new Signal.Progressed(story.id(), clock.instant(), known.progress(expected, elapsed, redaction)));
    }

    private Future<Void> conclude(CommandId id, RunFolder folder, @Nullable Tally tally, Situation end) {
        Future<String> output = vertx.executeBlocking(() -> LastLines.text(folder.output()), false);
        Future<Redaction> redaction = redactions.current();
        return Future.all(output, redaction).compose(both -> {
            Conclusion conclusion = end.exit()
                    .map(exit -> Conclusion.of(exit, tally, output.result(), redaction.result()))
                    .orElseGet(() -> withoutExit(folder, end));
            return ending.commit(id, conclusion, Optional.of(tally == null ? 0 : tally.tasks()));
        });
    }

    private static Conclusion withoutExit(RunFolder folder, Situation end) {
        if (end.isGone()) {
            return Conclusion.gone(folder);
        }
        return end.cancelled() ? Conclusion.CUT_OFF : PROCESSES_GONE;
    }
}
