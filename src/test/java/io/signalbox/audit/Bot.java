package io.signalbox.audit;

import static io.signalbox.fixture.Eventually.result;
import static io.signalbox.fixture.Eventually.until;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Events;
import io.signalbox.config.KafkaSettings;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A brain and the audit stage, and nothing else of a bot. */
final class Bot implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx.eventBus());
    private final Brain brain;
    private Future<String> deployment = Future.failedFuture("not deployed");

    Bot(LocalRedis redis) {
        brain = redis.brain(vertx, events, InstantSource.system());
    }

    static Bot recording(LocalRedis redis, KafkaSettings kafka) {
        Bot bot = new Bot(redis);
        bot.deploy(kafka);
        return bot;
    }

    void deploy(KafkaSettings kafka) {
        deployment = vertx.deployVerticle(new AuditStage(events, brain, kafka, URI.create("signalbox://test")));
        result(deployment);
    }

    Events events() {
        return events;
    }

    /** Commits a request; its sequence number. */
    long request() {
        return commit(EventSamples.requested(CommandId.fresh()));
    }

    long commit(Event event) {
        return ((CommitResult.Committed) result(brain.commit(Commit.of(event))))
                .sequence()
                .get(0);
    }

    Map<String, String> status() {
        return result(brain.hash("sb:audit:status"));
    }

    long acknowledged() {
        return Long.parseLong(result(brain.value("sb:audit:acked")).orElse("0"));
    }

    boolean outboxIsEmpty() {
        return result(brain.outbox(1)).isEmpty();
    }

    void awaitOpen() throws Exception {
        until("the log is open; now " + status(), PATIENCE, () -> "yes".equals(status().get("open")));
    }

    /** Waits until the status says no for a reason that contains this. */
    void awaitClosed(String reason, Duration limit) throws Exception {
        until("closed: " + reason + "; now " + status(), limit, () -> {
            Map<String, String> status = status();
            return "no".equals(status.get("open"))
                    && status.getOrDefault("reason", "").contains(reason);
        });
    }

    void awaitAcknowledged(long sequence) throws Exception {
        until("acknowledged up to " + sequence + "; now " + acknowledged(), PATIENCE, () -> acknowledged() >= sequence);
    }

    /** As a stop on purpose. */
    @Override
    public void close() {
        result(deployment.compose(vertx::undeploy).otherwiseEmpty());
        result(vertx.close());
    }
}
