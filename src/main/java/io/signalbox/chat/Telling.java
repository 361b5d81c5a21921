package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Progress;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Says what happened to a command: posts the messages that are missing and changes those that say something else by now.
 * One command is told by one telling at a time, so that its messages keep their order.
 */
final class Telling {
    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

    private final Brain brain;
    private final Told told;
    private final Wording wording;
    private final Map<String, Adapter> adapters;
    private final Map<CommandId, Progress> progress = new HashMap<>();
    private final Set<CommandId> speaking = new HashSet<>();
    private final Set<CommandId> again = new HashSet<>();
    private final Map<CommandId, String> silenced = new HashMap<>();

    Telling(Brain brain, Told told, Wording wording, Map<String, Adapter> adapters) {
        this.brain = brain;
        this.told = told;
        this.wording = wording;
        this.adapters = adapters;
    }

    /** How far the run is, for the next telling. */
    void note(CommandId id, Progress newest) {
        progress.put(id, newest);
    }

    /** Tells the news of this command. What cannot be said now stays on the brain's list and is tried by the next sweep. */
    void tell(CommandId id) {
        if (!speaking.add(id)) {
            again.add(id);
            return;
        }
        brain.story(id)
                .compose(story -> story.map(this::say).orElseGet(Future::succeededFuture))
                .onSuccess(told -> silenced.remove(id))
                .onFailure(failure -> silenced(id, failure))
                .onComplete(done -> {
                    speaking.remove(id);
                    if (again.remove(id)) {
                        tell(id);
                    }
                });
    }

    /** Every sweep tries, so a reason is said once. */
    private void silenced(CommandId id, Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        Level level = reason.equals(silenced.put(id, reason)) ? Level.DEBUG : Level.WARN;
        LOG.atLevel(level)
                .addKeyValue("commandId", id)
                .addKeyValue("error", reason)
                .log("Not told yet; each sweep tries again");
    }

    private Future<Void> say(Story story) {
        Adapter adapter = adapters.get(story.requested().room().service());
        if (adapter == null) {
            LOG.atWarn()
                    .addKeyValue("commandId", story.id())
                    .addKeyValue("room", story.requested().room().id())
                    .log("Its chat service is switched off: not told");
            return told.upTo(story.id(), story.news());
        }
        @Nullable Progress newest = progress.get(story.id());
        return told.of(story.id())
                .compose(said -> sayAll(adapter, story, wording.messages(story, newest), said))
                .compose(said -> told.upTo(story.id(), story.news()))
                .onSuccess(done -> rest(adapter, story));
    }

    private Future<Void> sayAll(Adapter adapter, Story story, List<Message> messages, Map<String, Told.Note> before) {
        List<Future<Void>> notes = new ArrayList<>();
        Future<Void> chain = Future.succeededFuture();
        for (Message message : messages) {
            Optional<Told.Note> note = Optional.ofNullable(before.get(message.key()));
            String handle = note.map(Told.Note::handle).orElse("");
            if (!note.equals(Optional.of(Told.Note.of(handle, message)))) {
                chain = chain.compose(done -> adapter.post(message, handle))
                        .onSuccess(posted -> notes.add(told.note(story.id(), message, Told.Note.of(posted, message))))
                        .mapEmpty();
            }
        }
        return chain.eventually(() -> Future.join(notes))
                .compose(done -> Future.all(notes).mapEmpty());
    }

    private void rest(Adapter adapter, Story story) {
        Kind state = story.state();
        if (state.isTerminal()) {
            progress.remove(story.id());
        }
        if (state.isTerminal()
                || state == Kind.SCHEDULED
                || state == Kind.APPROVAL_REQUESTED
                || state == Kind.STARTED) {
            adapter.processed(story.requested().message());
        }
    }
}
