package io.signalbox.run;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run's folder says at one moment.
 *
 * @param exists whether there is a folder with a plan at all
 * @param claimed by whom this run was taken; empty while it may still be started
 * @param child the process, once it is known
 * @param cancelled whether somebody asked for the end
 * @param alive whether wrapper or child live
 * @param exit how it ended, once it has
 */
record Situation(
        boolean exists,
        Optional<JsonObject> claimed,
        Optional<ProcessIdentity> child,
        boolean cancelled,
        boolean alive,
        Optional<JsonObject> exit) {
    /** The reason why it will never be started, where that was decided. */
    Optional<String> givenUp() {
        return claimed.map(record -> record.getString("not started"));
    }

    /** Of a run that was taken: somebody has removed its folder, and with it what would have told the end. */
    boolean isGone() {
        return !exists || claimed.isEmpty();
    }

    /** Nobody is left who could write how it ended. */
    boolean isAbandoned() {
        return claimed.isPresent() && givenUp().isEmpty() && !alive && exit.isEmpty();
    }

    /** Whether it did something, or may have: an end that names no status, no signal and no beginning has not begun. */
    boolean hasRun() {
        return exit.map(record -> Stream.of("code", "signal", "begun").anyMatch(record::containsKey))
                .orElse(true);
    }

    /** Whether it is decided if this run, which was taken, has begun. */
    boolean isDecided() {
        return exit.isPresent() || child.isPresent() || givenUp().isPresent() || isAbandoned() || isGone();
    }
}
