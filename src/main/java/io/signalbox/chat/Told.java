package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.bus.CommandId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was already said about each command, kept in the brain: {@code sb:chat:said:<command>}, a hash by message key. */
final class Told {
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final Fragment SAID = new Fragment("chat.said", """
                    return {
                        check = function(a) end,
                        write = function(a)
                            local key = 'sb:chat:said:' .. a.command
                            redis.call('HSET', key, a.message, a.note)
                            redis.call('PEXPIRE', key, a.remembered)
                        end,
                    }
                    """);

    /** News that came while we spoke stays untold: only what is not newer than {@code seq} is taken off the list. */
    private static final Fragment TOLD = new Fragment("chat.told", """
                    return {
                        check = function(a) end,
                        write = function(a)
                            local newest = redis.call('ZSCORE', 'sb:untold', a.command)
                            if newest and tonumber(newest) <= a.seq then
                                redis.call('ZREM', 'sb:untold', a.command)
                            end
                        end,
                    }
                    """);

    private final Brain brain;

    Told(Brain brain) {
        this.brain = brain;
    }

    /** The service's handle of a message, and a fingerprint of what it says. */
    record Note(String handle, String fingerprint) {
        static Note of(String handle, Message message) {
            String content = message.text() + '\0' + message.last() + '\0' + message.buttons();
            return new Note(
                    handle,
                    UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8))
                            .toString());
        }
    }

    Future<Map<String, Note>> of(CommandId command) {
        return brain.hash("sb:chat:said:" + command).map(said -> {
            Map<String, Note> notes = new LinkedHashMap<>();
            said.forEach((key, value) -> {
                int split = value.indexOf(' ');
                notes.put(key, new Note(value.substring(split + 1), value.substring(0, split)));
            });
            return notes;
        });
    }

    /** A message as the service took it. */
    record Posted(String key, Note note) {}

    /** To be called as soon as the service took it: what is not noted is posted again. Nothing is posted: nothing is noted. */
    Future<Void> note(CommandId command, Optional<Posted> posted) {
        return posted.map(each ->
                        brain.apply(Commit.of().with(said(command, each))).<Void>mapEmpty())
                .orElseGet(Future::succeededFuture);
    }

    /** Everything up to this number has been told, the last of it by this message. */
    Future<Void> upTo(CommandId command, double sequence, Optional<Posted> last) {
        Commit commit = Commit.of()
                .with(TOLD, new JsonObject().put("command", command.value()).put("seq", sequence));
        return brain.apply(last.map(each -> commit.with(said(command, each))).orElse(commit))
                .mapEmpty();
    }

    private static Commit.Part said(CommandId command, Posted posted) {
        return new Commit.Part(
                SAID,
                new JsonObject()
                        .put("command", command.value())
                        .put("message", posted.key())
                        .put(
                                "note",
                                posted.note().fingerprint() + " "
                                        + posted.note().handle())
                        .put("remembered", REMEMBERED.toMillis()));
    }
}
