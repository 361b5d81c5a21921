package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Catalog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What a sweep does with a command that waits, with what it knew of it when it began. */
final class Sweep {
    private final Gate gate;

    Sweep(Vertx vertx, Brain brain, InstantSource clock, Supplier<Catalog> catalog, Planning planner, GateRules rules) {
        Recording recording = new Recording(vertx, brain, Duration.ZERO);
        gate = new Gate(
                clock,
                catalog,
                GateParts.assemble(
                        brain, clock, catalog, planner, rules, recording, person -> Future.succeededFuture(true)));
    }

    Future<Void> of(Story story) {
        return story.state() == Kind.SCHEDULED ? gate.scheduled(story) : gate.waiting(story);
    }
}
