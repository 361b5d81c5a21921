package io.signalbox.audit;

import io.signalbox.brain.Answering;
import io.signalbox.brain.Brain;
import io.signalbox.brain.Inbox;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.Owner;
import io.signalbox.config.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what the brain committed in Kafka, keeps the brain told of how far that is and whether it goes on, and answers the
 * words about what is recorded.
 */
public final class AuditStage extends VerticleBase {
    private static final int READERS = 2;
    /** Of a long log; the blocked-thread checker is quiet until then. */
    private static final Duration LONGEST_READING = Duration.ofMinutes(10);

    private final Events events;
    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final KafkaSettings settings;
    private final URI source;
    private @Nullable Relay relay;

    /** {@code source} names this bot in each record, as in {@code signalbox://deploy.example.org}. */
    public AuditStage(
            Events events,
            Brain brain,
            InstantSource clock,
            Supplier<Catalog> catalog,
            KafkaSettings settings,
            URI source) {
        this.events = events;
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.settings = settings;
        this.source = source;
    }

    /** Completes whether or not Kafka and Redis answer. */
    @Override
    public Future<?> start() {
        Ledger ledger = new Ledger(brain, settings.topic(), UUID.randomUUID().toString());
        Clients clients = new Clients(settings);
        Relay fresh = new Relay(vertx, ledger, clients, new Chain(source), events);
        relay = fresh;
        vertx.setPeriodic(0, Relay.PULSE.toMillis(), timer -> fresh.pulse());
        WorkerExecutor reader = vertx.createSharedWorkerExecutor(
                "signalbox-audit-words-" + System.identityHashCode(this),
                READERS,
                LONGEST_READING.toSeconds(),
                TimeUnit.SECONDS);
        AuditWords words = new AuditWords(ledger, clients, reader);
        Answering answering = new Answering(brain, clock);
        List<Future<?>> open = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            open.add(events.on(kind, event -> fresh.wake()).completion());
        }
        open.add(new Inbox(
                        vertx,
                        events,
                        brain,
                        Kind.ADMITTED,
                        this::isMine,
                        story -> isMine(story.instruction())
                                ? answering.with(story, words::answer)
                                : Future.succeededFuture())
                .open());
        return Future.all(open);
    }

    /** Whether this is a word about the log. */
    private boolean isMine(Instruction instruction) {
        return catalog.get()
                .find(instruction.command())
                .filter(spec -> spec.isAnsweredBy(Owner.AUDIT))
                .isPresent();
    }

    @Override
    public Future<?> stop() {
        return relay == null ? Future.succeededFuture() : relay.stop();
    }
}
