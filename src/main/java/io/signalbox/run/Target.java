package io.signalbox.run;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import java.util.Set;

/**
 * The run that a word is about.
 *
 * @param roles whose holders may end it, beside its requester and the admins
 */
record Target(Story story, Set<String> roles) {
    Target {
        roles = Set.copyOf(roles);
    }

    CommandId id() {
        return story.id();
    }

    /** As in {@code `deploy backend staging` (k7m3ab)}. */
    String shown() {
        return "`" + story.instruction().canonical() + "` (" + id() + ")";
    }
}
