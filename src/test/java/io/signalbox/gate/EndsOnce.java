package io.signalbox.gate;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;

/** The promise that a command ends once. */
final class EndsOnce {
    private EndsOnce() {}

    static Event end(Story story) {
        long ends = story.events().stream()
                .filter(event -> event.kind().isTerminal())
                .count();
        if (ends != 1) {
            throw new AssertionError(story.id() + " ended " + ends + " times: " + story.events());
        }
        return story.last();
    }
}
