package io.signalbox.chat;

import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.bus.Room;
import io.signalbox.notation.PlainText;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A command that was said too long ago to be run, as it waits in the brain to be told: {@code sb:chat:away} is a set of
 * rooms, {@code sb:chat:away:<room>} a list for each.
 *
 * @param message the service's id of what was said
 * @param by the id of who said it, whose name is {@code name}
 * @param words one line that does no harm wherever it is shown
 */
record Missed(String message, String by, String name, String words, Instant said, Instant heard) {
    static final String ROOMS = "sb:chat:away";

    private static final Fragment MISSED = Fragment.beside(Missed.class, "chat.missed", "missed.lua");
    private static final int LONGEST = 120;

    static Missed of(Said said, String words, Instant at, Instant heard) {
        return new Missed(
                said.message(),
                said.by().id(),
                PlainText.line(said.by().name()),
                // Between backticks no chat looks for a mention or a link, so it must not bring one of its own.
                PlainText.line(words, LONGEST).replace('`', '\''),
                at,
                heard);
    }

    static String list(String room) {
        return ROOMS + ":" + room;
    }

    /** In a commit: it waits to be told in this room. */
    Commit.Part in(Room room) {
        return new Commit.Part(MISSED, new JsonObject().put("room", room.id()).put("entry", write()));
    }

    private String write() {
        return new JsonObject()
                .put("message", message)
                .put("by", by)
                .put("name", name)
                .put("words", words)
                .put("said", said.toString())
                .put("heard", heard.toString())
                .encode();
    }

    static Missed read(String entry) {
        JsonObject json = new JsonObject(entry);
        return new Missed(
                json.getString("message"),
                json.getString("by"),
                json.getString("name"),
                json.getString("words"),
                Instant.parse(json.getString("said")),
                Instant.parse(json.getString("heard")));
    }
}
