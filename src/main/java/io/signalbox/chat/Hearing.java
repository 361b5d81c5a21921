package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells what of all that people say is meant for the bot, and what may become a command. */
final class Hearing {
    private final Brain brain;
    private final Capacity capacity;
    private final Heard heard;
    private final Clicks clicks;
    private final Edits edits;
    private final Absence absence;

    /** What was said longer ago than {@code oldest} is not run. */
    Hearing(Brain brain, InstantSource clock, Capacity capacity, Duration oldest) {
        this.brain = brain;
        this.capacity = capacity;
        this.heard = new Heard(brain, clock);
        this.clicks = new Clicks(brain, heard);
        this.edits = new Edits(brain, heard);
        this.absence = new Absence(heard, clock, oldest);
    }

    /**
     * Completes when it is committed or of no concern; true where there is an answer to come. Fails only where the brain is
     * needed and does not answer.
     */
    Future<Boolean> take(Said said) {
        return words(said)
                .compose(words -> words.map(text -> take(said, text)).orElseGet(() -> Future.succeededFuture(false)));
    }

    private Future<Boolean> take(Said said, String words) {
        boolean urgent = Addressing.isUrgent(words);
        if (!capacity.canBeWritten(urgent)) {
            return Future.failedFuture(new Capacity.Exhausted());
        }
        boolean free = capacity.isFree(urgent);
        if (!free && !capacity.canBeRefused()) {
            return Future.failedFuture(new Capacity.Exhausted());
        }
        capacity.begin();
        return write(said, words, free).onComplete(done -> capacity.end());
    }

    private Future<Boolean> write(Said said, String words, boolean free) {
        if (said.way() instanceof Said.Edit edit) {
            return edits.take(said, edit, words);
        }
        if (absence.isOld(said)) {
            return absence.take(said, words).map(true);
        }
        if (!free) {
            return heard.refuse(
                            said,
                            words,
                            Capacity.CODE,
                            "More is being asked of me than I can do at once, so this was not done.",
                            List.of("Say it again in a moment."))
                    .map(true);
        }
        return said.way() instanceof Said.Click click
                ? clicks.take(said, click, words).map(true)
                : heard.once(said, words, Commit::of).map(true);
    }

    /** Why this cannot become a command, whatever else; empty where it can. */
    Optional<String> neverRun(Said said) {
        if (said.way() instanceof Said.Edit) {
            return Optional.of("A message that is changed after it was said is not run.");
        }
        return absence.isOld(said) ? Optional.of(absence.why(said)) : Optional.empty();
    }

    private Future<Optional<String>> words(Said said) {
        Optional<String> addressed = Addressing.addressed(said);
        if (addressed.isPresent()) {
            return Future.succeededFuture(addressed);
        }
        return Addressing.decided(said)
                .map(id -> hasAsked(id)
                        .map(asked -> asked ? Optional.of(said.text().strip()) : Optional.<String>empty()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    /** Also one that waits no longer: who is too late is told so. */
    private Future<Boolean> hasAsked(CommandId id) {
        return brain.story(id)
                .map(found -> found.flatMap(story -> story.last(Event.ApprovalRequested.class))
                        .isPresent());
    }
}
