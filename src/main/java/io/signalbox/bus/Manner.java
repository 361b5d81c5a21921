package io.signalbox.bus;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How what was said is to be done, beside what it is.
 *
 * @param waits whether it queues for a lock that is held, instead of being refused
 * @param due when it goes to the gate; null for at once
 */
public record Manner(boolean waits, @Nullable Instant due) {
    /** At once, or not at all. */
    public static final Manner NOW = new Manner(false, null);
}
