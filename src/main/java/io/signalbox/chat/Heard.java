package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Sayings;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Room;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Commits what somebody asked for: each message of the chat service at most once, whatever is redelivered. */
final class Heard {
    /** How long a chat service may take to deliver something again. */
    static final Duration REMEMBERED = Duration.ofDays(30);
    /** Far more than a command may have; a whole file that somebody pastes would be too much for the audit log. */
    private static final int LONGEST = 4000;

    private static final Fragment ONCE = Fragment.beside(Heard.class, "chat.heard", "heard.lua");

    private final Brain brain;
    private final InstantSource clock;

    Heard(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
    }

    /** {@code commit} makes of the request all that happens with it. Declined as {@code heard} where it was heard before. */
    Future<CommitResult> once(Said said, String words, Function<Event.Requested, Commit> commit) {
        Event.Requested request = new Event.Requested(
                CommandId.fresh(), clock.instant(), said.by(), said.room(), said.message(), cut(words));
        JsonObject once = new JsonObject()
                .put("key", key(said.room(), said.message()))
                .put("command", request.id().value())
                .put("remembered", REMEMBERED.toMillis());
        return brain.commit(commit.apply(request).with(Sayings.of(request)).with(ONCE, once))
                .compose(result -> {
                    boolean idTaken = result instanceof CommitResult.Declined declined && declined.byState();
                    return idTaken ? once(said, words, commit) : Future.succeededFuture(result);
                });
    }

    /** The same for what is refused as soon as it is heard. */
    Future<CommitResult> refuse(
            Said said, String words, String code, String reason, List<String> help, Commit.Part... parts) {
        return once(said, words, request -> {
            Commit commit = Commit.of(request, new Event.Refused(request.id(), clock.instant(), code, reason, help));
            for (Commit.Part part : parts) {
                commit = commit.with(part);
            }
            return commit;
        });
    }

    /** The command that this message of the room became, if it became one. */
    Future<Optional<CommandId>> command(Room room, String message) {
        return brain.value(key(room, message))
                .map(id -> id.filter(CommandId::isValid).map(CommandId::new));
    }

    private static String key(Room room, String message) {
        return "sb:chat:heard:" + room.service() + ":" + message;
    }

    private static String cut(String words) {
        if (words.length() <= LONGEST) {
            return words;
        }
        boolean halved = Character.isHighSurrogate(words.charAt(LONGEST - 1));
        return words.substring(0, halved ? LONGEST - 1 : LONGEST) + "…";
    }
}
