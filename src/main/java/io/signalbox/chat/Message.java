package io.signalbox.chat;

import io.signalbox.bus.Room;
import java.util.List;

/**
 * What the bot says in one message, in plain text.
 *
 * @param key names this message for ever, as in {@code k7m3ab/result}: the same key is the same message
 * @param last whether the text will not change any more, as far as is known
 * @param mentions ids of people who are to be notified
 */
public record Message(String key, Room room, String text, boolean last, List<Button> buttons, List<String> mentions) {
    /** A button, and the words that a click stands for. */
    public record Button(String label, String words) {}

    public Message {
        buttons = List.copyOf(buttons);
        mentions = List.copyOf(mentions);
    }

    public static Message of(String key, Room room, String text) {
        return new Message(key, room, text, true, List.of(), List.of());
    }

    /** The same, not yet final: its text is still being changed. */
    public Message living() {
        return new Message(key, room, text, false, buttons, mentions);
    }

    public Message mentioning(List<String> people) {
        return new Message(key, room, text, last, buttons, people);
    }

    public Message offering(List<Button> offered) {
        return new Message(key, room, text, last, offered, mentions);
    }
}
