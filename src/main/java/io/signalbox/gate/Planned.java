package io.signalbox.gate;

import io.signalbox.bus.Plan;

/** What came of planning. */
sealed interface Planned {
    record Made(Plan plan) implements Planned {}

    /** It cannot be done as it was said, and trying again alone would not change that. */
    record Impossible(Verdict.Refused why) implements Planned {}
}
