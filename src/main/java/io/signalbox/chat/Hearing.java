package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Turns what people say to the bot into commands: each message of the chat service at most once, whatever is redelivered. */
final class Hearing {
    private static final Duration REMEMBERED = Duration.ofDays(30);
    /** Far more than a command may have; a whole file that somebody pastes would be too much for the audit log. */
    private static final int LONGEST = 4000;

    /** Keys: {@code sb:chat:heard:<message>} holds the command that the message became. */
    private static final Fragment ONCE = new Fragment("chat.heard", """
                    return {
                        check = function(a)
                            local before = redis.call('GET', 'sb:chat:heard:' .. a.message)
                            if before then return refuse('heard', before) end
                        end,
                        write = function(a)
                            redis.call('SET', 'sb:chat:heard:' .. a.message, a.command, 'PX', a.remembered)
                        end,
                    }
                    """);

    private final Brain brain;
    private final InstantSource clock;

    Hearing(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
    }

    /** The words that are meant for the bot, if any. Fails only where the brain is needed to tell and does not answer. */
    Future<Optional<String>> words(Said said) {
        if (said.edited()) {
            return Future.succeededFuture(Optional.empty());
        }
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

    /** Commits the request; completes with nothing where this message was heard before. */
    Future<Void> request(Said said, String heard) {
        String words = cut(heard);
        CommandId id = CommandId.fresh();
        Commit commit = Commit.of(
                        new Event.Requested(id, clock.instant(), said.by(), said.room(), said.message(), words))
                .with(
                        ONCE,
                        new JsonObject()
                                .put("message", said.room().service() + ":" + said.message())
                                .put("command", id.value())
                                .put("remembered", REMEMBERED.toMillis()));
        return brain.commit(commit).compose(result -> {
            boolean idTaken = result instanceof CommitResult.Declined declined && declined.byState();
            return idTaken ? request(said, words) : Future.succeededFuture();
        });
    }

    private static String cut(String words) {
        if (words.length() <= LONGEST) {
            return words;
        }
        boolean halved = Character.isHighSurrogate(words.charAt(LONGEST - 1));
        return words.substring(0, halved ? LONGEST - 1 : LONGEST) + "…";
    }
}
