package io.signalbox.run;

import io.vertx.core.Future;

/** Starts the wrapper of a run, which outlives the bot. The claim in the run's folder decides what comes of that. */
interface Launcher {
    /**
     * Gives the wrapper's pid when there is one, which does not mean that it has claimed the run. Fails with
     * {@link Rejected} where it never will, and with anything else where it may help to try again.
     */
    Future<Long> start(RunFolder folder);

    /** Whoever starts wrappers will not start this one. */
    final class Rejected extends Exception {
        Rejected(String reason) {
            super(reason);
        }
    }
}
