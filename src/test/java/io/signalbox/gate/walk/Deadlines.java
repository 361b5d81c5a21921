package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import java.time.Instant;

/** How long a command waits. */
final class Deadlines {
    private Deadlines() {}

    /** When it is given up where nothing comes of it: what waits for people, for its lock, or to begin. */
    static Instant ofWaiting(Story story) {
        if (story.state() == Kind.QUEUED) {
            return Line.until(story);
        }
        Agreement agreement = Agreement.about(story);
        return agreement.isComplete() ? agreement.until() : agreement.deadline();
    }

    static Instant due(Story story) {
        return story.last(Event.Scheduled.class).orElseThrow().due();
    }
}
