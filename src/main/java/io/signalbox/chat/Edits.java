package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Messages that are changed after they were said are never run: others may have read, and approved, what they said before.
 * Who addresses the bot by one is told so, once for each message.
 */
final class Edits {
    private static final Fragment TOLD = Fragment.beside(Edits.class, "chat.edited", "edited.lua");

    private final Brain brain;
    private final Heard heard;

    Edits(Brain brain, Heard heard) {
        this.brain = brain;
        this.heard = heard;
    }

    /** Completes with whether it is answered; services also announce changes that leave the words as they were. */
    Future<Boolean> take(Said said, Said.Edit edit, String words) {
        return heard.command(said.room(), edit.of())
                .compose(first -> first.map(brain::story)
                        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                        .compose(story ->
                                story.filter(before -> before.requested().text().equals(words))
                                                .isPresent()
                                        ? Future.succeededFuture(false)
                                        : refuse(said, edit, words, story)));
    }

    private Future<Boolean> refuse(Said said, Said.Edit edit, String words, Optional<Story> before) {
        String what = before.map(Story::id)
                .map(CommandId::value)
                .map(id -> " What it said first is " + id + ", and nothing else.")
                .orElse("");
        Commit.Part once = new Commit.Part(
                TOLD,
                new JsonObject()
                        .put("key", "sb:chat:edited:" + said.room().service() + ":" + edit.of())
                        .put("edit", said.message())
                        .put("remembered", Heard.REMEMBERED.toMillis()));
        return heard.refuse(
                        said,
                        words,
                        "edited",
                        "A message that is changed after it was said is not run." + what,
                        List.of("Say it as a new message."),
                        once)
                .map(CommitResult.Committed.class::isInstance);
    }
}
