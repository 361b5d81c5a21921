package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Sayings;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import java.util.function.Function;

/** {@code why not}: why a command did not run, or has not yet. */
final class WhyNot {
    private final Brain brain;
    private final Fate fate;
    private final Function<Asked, Future<Reply>> whether;

    /** {@code whether} answers for words that nobody has said yet. */
    WhyNot(Brain brain, Fate fate, Function<Asked, Future<Reply>> whether) {
        this.brain = brain;
        this.fate = fate;
        this.whether = whether;
    }

    Future<Reply> answer(Asked word) {
        if (word.argument("words").isPresent()) {
            return whether.apply(word);
        }
        return word.argument("id").map(id -> of(word, id)).orElseGet(() -> newest(word));
    }

    private Future<Reply> of(Asked word, String id) {
        return CommandId.isValid(id)
                ? brain.story(new CommandId(id))
                        .compose(found -> found.map(this::tell)
                                // A word of six letters may be an id, and may be a command that was not said yet.
                                .orElseGet(() -> whether.apply(word)))
                : whether.apply(word);
    }

    /** The newest command of this person here, passing over questions that were answered. */
    private Future<Reply> newest(Asked word) {
        return Sayings.newest(brain, word.by(), word.story().requested().room())
                .compose(stories -> stories.stream()
                        .filter(story -> !story.id().equals(word.id()))
                        .filter(story -> story.state() != Kind.ANSWERED)
                        .findFirst()
                        .map(this::tell)
                        .orElseGet(() -> Reply.no(
                                "unknown",
                                "Nothing that you said here lately was refused or waits.",
                                "`why not` also takes the id of a command, or words, as in `why not deploy …`.")));
    }

    private Future<Reply> tell(Story story) {
        return fate.of(story).map(Reply::say);
    }
}
