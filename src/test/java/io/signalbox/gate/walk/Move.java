package io.signalbox.gate.walk;

/** A step, and how much time the gate has for it. */
record Move(Pace pace, Step step) {
    enum Pace {
        /** It comes to rest before and after. */
        CALM,
        /** All that is under way waits for its plan while this happens. */
        WHILE_PLANNING,
        /** The next step comes at once. */
        HASTY
    }

    void make(Junction junction) {
        switch (pace) {
            case CALM -> {
                junction.settle();
                Runnable due = step.happen(junction);
                junction.settle();
                due.run();
            }
            case WHILE_PLANNING -> {
                junction.hold();
                step.happen(junction);
                junction.awaitPlanning();
            }
            case HASTY -> step.happen(junction);
        }
    }
}
