package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.InState;
import io.signalbox.brain.LockRelease;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Commits {@code Finished}, and in the same commit frees the run's lock: unless the run is lost. */
final class Ending {
    private final Brain brain;
    private final InstantSource clock;
    private final Aftermath aftermath;

    Ending(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
        this.aftermath = new Aftermath(brain);
    }

    Future<Void> commit(Story story, Conclusion conclusion) {
        return commit(story.id(), conclusion, Optional.empty());
    }

    /** Ends what was admitted and cannot begin; where another bot has begun it in the meantime, that run goes on. */
    Future<Void> unbegun(Story story, String reason) {
        Commit commit = Commit.of(event(story, Conclusion.without(Outcome.NOT_STARTED, reason)))
                .with(InState.of(story.id(), Kind.ADMITTED));
        return brain.commit(releasing(commit, story, Outcome.NOT_STARTED)).compose(Ending::settled);
    }

    /**
     * The story is read again, since somebody may have cancelled the run in the meantime.
     *
     * @param tasks of a run that later ones are compared with
     */
    Future<Void> commit(CommandId id, Conclusion conclusion, Optional<Integer> tasks) {
        return brain.story(id)
                .compose(found ->
                        found.map(story -> finish(story, conclusion, tasks)).orElseGet(Future::succeededFuture));
    }

    private Future<Void> finish(Story story, Conclusion conclusion, Optional<Integer> tasks) {
        Event.Finished finished = event(story, conclusion);
        Commit commit = releasing(Commit.of(finished), story, conclusion.outcome());
        Optional<Instant> begin = story.last(Event.Started.class).map(Event.Started::at);
        if (conclusion.outcome() == Outcome.SUCCEEDED && tasks.isPresent() && begin.isPresent()) {
            Duration took = Duration.between(begin.get(), finished.at());
            commit = PastRuns.remembering(commit, story.instruction().command(), took, tasks.get());
        }
        return conclusion.outcome() == Outcome.SUCCEEDED
                ? wellEnded(commit, story, conclusion, tasks, finished.at())
                : brain.commit(commit).compose(Ending::settled);
    }

    /** Where another one's state declines it, as of an id that is taken, the run has not ended yet. */
    private Future<Void> wellEnded(
            Commit commit, Story story, Conclusion conclusion, Optional<Integer> tasks, Instant end) {
        return aftermath.in(commit, story, end).compose(brain::commit).compose(result -> {
            boolean declined = result instanceof CommitResult.Declined reason && reason.byState();
            return declined
                    ? brain.story(story.id())
                            .compose(now -> now.filter(still -> !still.state().isTerminal())
                                    .map(still -> finish(still, conclusion, tasks))
                                    .orElseGet(Future::succeededFuture))
                    : settled(result);
        });
    }

    Event.Finished event(Story story, Conclusion conclusion) {
        return new Event.Finished(
                story.id(),
                clock.instant(),
                conclusion.outcome(),
                conclusion.exitCode(),
                reason(story, conclusion),
                conclusion.result(),
                conclusion.failure());
    }

    private static String reason(Story story, Conclusion conclusion) {
        String by = story.marks().get("cancelledBy");
        String reason = by == null || !conclusion.reason().startsWith(Conclusion.CANCELLED)
                ? conclusion.reason()
                : Conclusion.CANCELLED + " by " + by + conclusion.reason().substring(Conclusion.CANCELLED.length());
        String free = lock(story).map(name -> ", then `unlock " + name + "`").orElse("");
        return conclusion.outcome() == Outcome.LOST ? reason + "; look at what it did" + free : reason;
    }

    private static Optional<String> lock(Story story) {
        return story.last(Event.Admitted.class).flatMap(admitted -> Optional.ofNullable(admitted.lock()));
    }

    /** {@code commit}, which ends this run, with all that belongs to its end. */
    static Commit releasing(Commit commit, Story story, Outcome outcome) {
        Commit ending = PastRuns.ending(commit, story.id());
        Optional<String> lock = lock(story);
        return lock.isPresent() && outcome != Outcome.LOST ? LockRelease.in(ending, lock.get(), story.id()) : ending;
    }

    /** Declined by its state: another one has ended it in the meantime, which is as good. */
    private static Future<Void> settled(CommitResult result) {
        return result instanceof CommitResult.Declined declined && !declined.byState()
                ? Future.failedFuture(
                        new IllegalStateException("the end of a run was declined as '" + declined.code() + "'"))
                : Future.succeededFuture();
    }
}
