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
import io.signalbox.bus.Instruction;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.config.KafkaSettings;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
        deployment = vertx.deployVerticle(new AuditStage(
                events, brain, InstantSource.system(), Bot::words, kafka, URI.create("signalbox://test")));
        result(deployment);
    }

    Brain brain() {
        return brain;
    }

    Events events() {
        return events;
    }

    /** The words about the bot, and no command else. */
    static Catalog words() {
        try {
            return new CatalogLoader(Path.of("").toAbsolutePath(), List.of()).load();
        } catch (BadCatalog e) {
            throw new IllegalStateException(e);
        }
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

    /** What this word about the bot, let through by a gate, is answered with. */
    String said(CommandId word, Instruction instruction) throws Exception {
        Instant at = Instant.now();
        result(brain.commit(Commit.of(
                EventSamples.requested(word),
                new Event.Understood(word, at, instruction),
                new Event.Admitted(word, at, null, null))));
        until("an answer to " + instruction.canonical(), PATIENCE, () -> last(word) instanceof Event.Answered);
        return ((Event.Answered) last(word)).text();
    }

    private Event last(CommandId word) {
        return result(brain.story(word)).orElseThrow().last();
    }

    List<Head> anchors(String topic) {
        return result(Anchors.ofTheBrain(brain, topic));
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
