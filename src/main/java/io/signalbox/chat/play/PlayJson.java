package io.signalbox.chat.play;

import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.chat.Message;
import io.signalbox.chat.Said;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** The lines on the play socket, as {@code docs/conversations.md} has them. */
final class PlayJson {
    private PlayJson() {}

    private static Person person(String name) {
        return new Person(PlayAdapter.SERVICE + ":" + name, name);
    }

    /** The ids of those who are members. */
    static Set<String> people(JsonObject hello) {
        return hello.getJsonArray("people", new JsonArray()).stream()
                .map(name -> person((String) name).id())
                .collect(Collectors.toSet());
    }

    /** Throws {@link RuntimeException} where a key is missing or has another type. */
    static Said said(JsonObject say) {
        Object edited = say.getValue("edited", false);
        if (edited.equals(false)) {
            return said(say, "text", new Said.Aloud());
        }
        if (!(edited instanceof String of)) {
            throw new IllegalArgumentException("'edited' is the id of the message that was changed");
        }
        return said(say, "text", new Said.Edit(of));
    }

    static Said clicked(JsonObject click) {
        return said(click, "button", new Said.Click(text(click, "message")));
    }

    private static Said said(JsonObject line, String words, Said.Way way) {
        Long at = line.getLong("at");
        return new Said(
                person(text(line, "person")),
                Room.of(PlayAdapter.SERVICE, text(line, "room")),
                text(line, "id"),
                at == null ? null : Instant.ofEpochMilli(at),
                text(line, words),
                way);
    }

    private static String text(JsonObject line, String key) {
        String text = line.getString(key);
        if (text == null || (text.isEmpty() && !key.equals("text"))) {
            throw new IllegalArgumentException("the line has no '" + key + "'");
        }
        return text;
    }

    static JsonObject message(Message message) {
        JsonArray buttons = new JsonArray();
        message.buttons()
                .forEach(button -> buttons.add(
                        new JsonObject().put("label", button.label()).put("value", button.words())));
        JsonArray mentions = new JsonArray();
        message.mentions().forEach(person -> mentions.add(person.substring(person.indexOf(':') + 1)));
        return new JsonObject()
                .put("id", message.key())
                .put("room", message.room().name())
                .put("text", message.text())
                .put("final", message.last())
                .put("buttons", buttons)
                .put("mentions", mentions);
    }
}
