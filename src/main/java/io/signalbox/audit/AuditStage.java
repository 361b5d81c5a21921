package io.signalbox.audit;

import io.signalbox.brain.Brain;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.config.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.net.URI;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records what the brain committed in Kafka, and keeps the brain told of how far that is and whether it goes on. */
public final class AuditStage extends VerticleBase {
    private final Events events;
    private final Brain brain;
    private final KafkaSettings settings;
    private final URI source;
    private @Nullable Relay relay;

    /** {@code source} names this bot in each record, as in {@code signalbox://deploy.example.org}. */
    public AuditStage(Events events, Brain brain, KafkaSettings settings, URI source) {
        this.events = events;
        this.brain = brain;
        this.settings = settings;
        this.source = source;
    }

    /** Completes whether or not Kafka and Redis answer. */
    @Override
    public Future<?> start() {
        Ledger ledger = new Ledger(brain, settings.topic(), UUID.randomUUID().toString());
        Relay fresh = new Relay(vertx, ledger, new Clients(settings), new Chain(source), events);
        relay = fresh;
        vertx.setPeriodic(0, Relay.PULSE.toMillis(), timer -> fresh.pulse());
        return Future.all(Arrays.stream(Kind.values())
                .map(kind -> events.on(kind, event -> fresh.wake()).completion())
                .toList());
    }

    @Override
    public Future<?> stop() {
        return relay == null ? Future.succeededFuture() : relay.stop();
    }
}
