package io.signalbox.gate;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;

/** What a test expects of the events of a command: above all that it ends once. */
final class Expected {
    private Expected() {}

    static Event end(Story story) {
        long ends = story.events().stream()
                .filter(event -> event.kind().isTerminal())
                .count();
        if (ends != 1) {
            throw new AssertionError(story.id() + " ended " + ends + " times: " + story.events());
        }
        return story.last();
    }

    static <T> T type(Class<T> type, Object event) {
        if (!type.isInstance(event)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", got " + event);
        }
        return type.cast(event);
    }
}
