package io.signalbox.bus;

import java.util.Locale;

/** How a run ended. */
public enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    /** Another process held the run's lock on this machine: nothing was started. */
    BUSY,
    /** The starter gave up before a process existed: nothing was started. */
    NOT_STARTED,
    /** Wrapper and child are gone without a result: what was done is unknown, and the lock is kept. */
    LOST;

    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public static Outcome titled(String title) {
        return valueOf(title.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }
}
