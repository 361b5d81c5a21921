package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Progress;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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

    private static final int AT_ONCE = 100;

    private final Brain brain;
    private final Told told;
    private final Wording wording;
    private final Map<String, Adapter> adapters;
    private final Consumer<CommandId> whenTold;
    /** The last one that a sweep has told. */
    private @Nullable CommandId swept;

    private final Map<CommandId, Progress> progress = new HashMap<>();
    private final Set<CommandId> speaking = new HashSet<>();
    private final Set<CommandId> again = new HashSet<>();
    private final Map<CommandId, String> silenced = new HashMap<>();

    /** {@code whenTold} gets each command whose news were told. */
    Telling(Brain brain, Told told, Wording wording, Map<String, Adapter> adapters, Consumer<CommandId> whenTold) {
        this.brain = brain;
        this.told = told;
        this.wording = wording;
        this.adapters = adapters;
        this.whenTold = whenTold;
    }

    /** How far the run is, for the next telling. */
    void note(CommandId id, Progress newest) {
        progress.put(id, newest);
    }

    /** Whether this event may change what the command's messages say; what it leaves untold is told with the next. */
    boolean hasWordsFor(Event event) {
        return wording.hasWordsFor(event);
    }

    /** Tells the news of this command. What cannot be said now stays on the brain's list and is tried by the next sweep. */
    void tell(CommandId id) {
        if (!speaking.add(id)) {
            again.add(id);
            return;
        }
        brain.story(id)
                .compose(story -> story.map(this::say).orElseGet(Future::succeededFuture))
                .onSuccess(told -> {
                    silenced.remove(id);
                    whenTold.accept(id);
                })
                .onFailure(failure -> silenced(id, failure))
                .onComplete(done -> {
                    speaking.remove(id);
                    if (again.remove(id)) {
                        tell(id);
                    }
                });
    }

    /** Tells what the bus lost: a part of many each time, in turn, so that they leave the brain to others. */
    void sweep(List<CommandId> untold) {
        int begin = untold.indexOf(swept) + 1;
        for (int index = 0; index < Math.min(untold.size(), AT_ONCE); index++) {
            CommandId id = untold.get((begin + index) % untold.size());
            swept = id;
            if (!speaking.contains(id)) {
                tell(id);
            }
        }
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
            return told.upTo(story.id(), story.news(), Optional.empty());
        }
        @Nullable Progress newest = progress.get(story.id());
        return told.of(story.id())
                .compose(said -> sayAll(adapter, story, wording.messages(story, newest), said))
                .compose(last -> told.upTo(story.id(), story.news(), last))
                .onSuccess(done -> rest(adapter, story));
    }

    /** Completes with the last message that was posted, which is not noted yet: that goes with the end of the telling. */
    private Future<Optional<Told.Posted>> sayAll(
            Adapter adapter, Story story, List<Message> messages, Map<String, Told.Note> before) {
        Future<Optional<Told.Posted>> chain = Future.succeededFuture(Optional.empty());
        for (Message message : messages) {
            Optional<Told.Note> note = Optional.ofNullable(before.get(message.key()));
            String handle = note.map(Told.Note::handle).orElse("");
            if (!note.equals(Optional.of(Told.Note.of(handle, message)))) {
                chain = chain.compose(last -> told.note(story.id(), last))
                        .compose(noted -> adapter.post(message, handle))
                        .map(posted -> Optional.of(new Told.Posted(message.key(), Told.Note.of(posted, message))));
            }
        }
        return chain;
    }

    private void rest(Adapter adapter, Story story) {
        Kind state = story.state();
        if (state.isTerminal()) {
            progress.remove(story.id());
        }
        if (state.isTerminal()
                || state == Kind.SCHEDULED
                || state == Kind.QUEUED
                || state == Kind.APPROVAL_REQUESTED
                || state == Kind.STARTED) {
            adapter.processed(story.requested().message());
        }
    }
}
