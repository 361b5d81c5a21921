package io.signalbox.chat.play;

import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.chat.Message;
import io.signalbox.chat.Said;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The lines on the play socket, as {@code docs/conversations.md} has them. */
final class PlayJson {
    private PlayJson() {}

    static Person person(String name) {
        return new Person(PlayAdapter.SERVICE + ":" + name, name);
    }

    /** Throws {@link RuntimeException} where a key is missing or has another type. */
    static Said said(JsonObject say) {
        return new Said(
                person(say.getString("person")),
                Room.of(PlayAdapter.SERVICE, say.getString("room")),
                say.getString("id"),
                say.getString("text"),
                false,
                say.getBoolean("edited", false));
    }

    static Said clicked(JsonObject click) {
        return new Said(
                person(click.getString("person")),
                Room.of(PlayAdapter.SERVICE, click.getString("room")),
                click.getString("id"),
                click.getString("button"),
                true,
                false);
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
