package io.signalbox.run;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.catalog.CommandSpec;

/** The run that a word is about. */
record Target(Story story, CommandSpec spec) {
    CommandId id() {
        return story.id();
    }

    /** As in {@code `deploy backend staging` (k7m3ab)}. */
    String shown() {
        return "`" + story.instruction().canonical() + "` (" + id() + ")";
    }
}
