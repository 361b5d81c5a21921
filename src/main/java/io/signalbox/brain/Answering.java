package io.signalbox.brain;

import io.signalbox.bus.Event;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that each word about the bot ends: what fails for another reason than the brain would only fail again. */
public final class Answering {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final Brain brain;
    private final InstantSource clock;

    public Answering(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
    }

    /** {@code answer} commits what ends the word; where it fails, the word is refused, and its person told why. */
    public Future<Void> of(Story word, Function<Story, Future<Void>> answer) {
        return Future.succeededFuture(word)
                .compose(answer)
                .recover(failure ->
                        failure instanceof BrainUnavailable ? Future.failedFuture(failure) : refuse(word, failure));
    }

    /** The same for a word whose answer is a text. */
    public Future<Void> with(Story word, Function<Story, Future<String>> text) {
        return of(
                word,
                story -> text.apply(story)
                        .compose(said -> brain.commit(Commit.of(new Event.Answered(story.id(), clock.instant(), said))))
                        .mapEmpty());
    }

    private Future<Void> refuse(Story word, Throwable failure) {
        LOG.atError().setCause(failure).addKeyValue("commandId", word.id()).log("A word could not be answered");
        return brain.commit(Commit.of(new Event.Refused(
                        word.id(),
                        clock.instant(),
                        "failed",
                        "This could not be answered: " + failure.getMessage() + ".",
                        List.of("The log of Signalbox has more about " + word.id() + "."))))
                .mapEmpty();
    }
}
