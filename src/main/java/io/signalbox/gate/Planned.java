package io.signalbox.gate;

import io.signalbox.bus.Plan;

/** What came of planning. */
sealed interface Planned {
    record Made(Plan plan) implements Planned {}

    /** It cannot be done as it was said; {@code passing}: that may be another matter in a moment, as with a network. */
    record Impossible(Verdict.Refused why, boolean passing) implements Planned {}
}
