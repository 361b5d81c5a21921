package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.BrainUnavailable;
import io.signalbox.brain.Fragment;
import io.signalbox.bus.CommandId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Notes that the time of a lock or a freeze is over, so that its room is told. Nothing waits for that: what is over by the
 * clock keeps nobody out.
 */
final class Lapses {
    private static final Logger LOG = LoggerFactory.getLogger(Lapses.class);
    private static final Fragment LAPSED = Fragment.beside(Lapses.class, "gate.lapsed", "lapsed.lua");

    private final Brain brain;
    private final InstantSource clock;

    Lapses(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
    }

    void look() {
        Instant now = clock.instant();
        Future.all(
                        brain.holds()
                                .compose(holds -> Future.all(holds.stream()
                                        .filter(hold -> hold.isOver(now))
                                        .map(hold -> note("hold", hold.name(), hold.command()))
                                        .toList())),
                        brain.freezes()
                                .compose(freezes -> Future.all(freezes.stream()
                                        .filter(freeze -> freeze.isOver(now))
                                        .map(freeze -> note("freeze", freeze.scope(), freeze.command()))
                                        .toList())))
                .onFailure(failure -> LOG.atLevel(failure instanceof BrainUnavailable ? Level.DEBUG : Level.WARN)
                        .addKeyValue("error", failure.getMessage())
                        .log("Which locks and freezes are over could not be noted"));
    }

    private Future<Void> note(String kind, String name, CommandId command) {
        return brain.apply(
                        LAPSED,
                        new JsonObject().put("kind", kind).put("name", name).put("command", command.value()))
                .mapEmpty();
    }
}
