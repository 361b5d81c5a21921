package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Signal;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CronLine;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes what was understood to {@code Admitted}, by way of approval where the catalog asks for it, or refuses it. */
public final class GateStage extends VerticleBase {
    private static final Duration SOON = Duration.ofMillis(50);

    private final Events events;
    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Planning planner;
    private final GateRules rules;

    public GateStage(
            Events events,
            Brain brain,
            InstantSource clock,
            Supplier<Catalog> catalog,
            Planning planner,
            GateRules rules) {
        this.events = events;
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.planner = planner;
        this.rules = rules;
    }

    @Override
    public Future<?> start() {
        Recording recording = new Recording(vertx, brain, rules.settling());
        GateParts parts = GateParts.assemble(brain, clock, catalog, planner, rules, recording, this::isMember);
        Gate gate = new Gate(clock, catalog, parts);
        return Future.all(
                events.answeringSayable(gate::sayable).completion(),
                inbox(Kind.UNDERSTOOD, gate::understood),
                inbox(Kind.SCHEDULED, gate::scheduled),
                inbox(Kind.APPROVAL_REQUESTED, gate::waiting),
                inbox(Kind.APPROVAL_GIVEN, gate::approved),
                inbox(Kind.GLASS_BROKEN, gate::approved),
                queue(gate));
    }

    /** Those who wait for a lock look as soon as anything has moved, and by the sweep. */
    private Future<Void> queue(Gate gate) {
        Inbox queue = new Inbox(vertx, events, brain, Kind.QUEUED, gate::queued);
        AtomicBoolean looking = new AtomicBoolean();
        List<Future<?>> open = new ArrayList<>(List.of(queue.open()));
        for (Kind kind : Kind.values()) {
            if (kind.isTerminal() || kind == Kind.ADMITTED || kind == Kind.APPROVAL_REQUESTED) {
                open.add(events.on(kind, event -> soon(queue, looking)).completion());
            }
        }
        Lapses lapses = new Lapses(brain, clock);
        vertx.setPeriodic(0, Inbox.SWEEP.toMillis(), timer -> lapses.look());
        return Future.all(open).mapEmpty();
    }

    /** However much happens, it is looked at some twenty times a second. */
    private void soon(Inbox queue, AtomicBoolean looking) {
        if (looking.compareAndSet(false, true)) {
            vertx.setTimer(SOON.toMillis(), timer -> {
                looking.set(false);
                queue.sweep();
            });
        }
    }

    /** The catalog's own lines are persons too, who may be given roles. */
    private Future<Boolean> isMember(String person) {
        return person.startsWith(CronLine.SERVICE + ":")
                ? Future.succeededFuture(catalog.get().schedules().values().stream()
                        .anyMatch(line -> line.person().equals(person)))
                : events.ask(new Signal.Membership(person));
    }

    private Future<Void> inbox(Kind state, Function<Story, Future<?>> work) {
        return new Inbox(vertx, events, brain, state, work).open();
    }
}
