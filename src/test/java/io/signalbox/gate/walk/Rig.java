package io.signalbox.gate.walk;

import io.signalbox.brain.Brain;
import io.signalbox.brain.CommitScript;
import io.signalbox.brain.Connection;
import io.signalbox.bus.Events;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.bus.Signal;
import io.signalbox.catalog.Catalog;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.TestClock;
import io.signalbox.gate.DrawnPlans;
import io.signalbox.gate.GateRules;
import io.signalbox.gate.GateStage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The real gate at the end of a cable, with a brain of its own; and a brain without a cable for whoever looks on. */
final class Rig implements AutoCloseable {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    /** Short, so that a Redis that says nothing for a second is one that is away. */
    private static final Duration LIMIT = Duration.ofMillis(900);

    private static final long PATIENCE_SECONDS = 60;
    private static final int TRIES = 10;

    final TestClock clock = new TestClock(NOON);
    final Brain brain;
    final Events events;
    final DrawnPlans plans;
    final LocalRedis redis;
    private final Vertx vertx;
    private final Brain gates;
    private final Catalog catalog;
    private String deployment;

    Rig(LocalRedis redis, Cable cable, Catalog catalog, DrawnPlans plans) {
        this.redis = redis;
        this.catalog = catalog;
        this.plans = plans;
        // One event loop: a moment of the gate's is never cut in two by a clock that moves.
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        events = new Events(vertx.eventBus());
        brain = redis.brain(vertx, events, clock);
        RedisOptions options = new RedisOptions()
                .setConnectionString("redis://127.0.0.1:" + cable.port() + "/0")
                .setPassword(redis.password().reveal());
        Connection connection = new Connection(vertx, options, LIMIT);
        gates = new Brain(connection, new CommitScript(connection, clock, Duration.ofHours(1)), events);
        await(events.answeringMembership(person -> Future.succeededFuture(true)).completion());
        deployment = deploy();
        // The first roles are written with the first question that needs them: at this moment.
        insist(() -> events.ask(new Signal.Sayable(new Person("play:olga", "olga"), new Room("play:ops"))));
    }

    private String deploy() {
        GateRules rules = new GateRules(
                Rules.TO_APPROVE, Rules.TO_WAIT, People.FIRST_ROLES, Set.of("play"), Duration.ZERO, ZoneOffset.UTC);
        return await(vertx.deployVerticle(new GateStage(events, gates, clock, () -> catalog, plans, rules)));
    }

    /** What it had in memory is gone; what it had under way at Redis may still happen. */
    void restart() {
        await(vertx.undeploy(deployment));
        onLoop(plans::forget);
        deployment = deploy();
    }

    void onLoop(Runnable work) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        vertx.runOnContext(now -> {
            work.run();
            done.complete(true);
        });
        get(done);
    }

    /** A moment for the gate to go on in. */
    void moment() {
        await(vertx.timer(1, TimeUnit.MILLISECONDS));
    }

    /** On a machine with much else to do Redis may seem to be away: what is asked here is asked again. */
    static <T> T insist(Supplier<Future<T>> what) {
        return await(asking(what, TRIES));
    }

    private static <T> Future<T> asking(Supplier<Future<T>> what, int left) {
        return what.get().recover(failure -> left > 1 ? asking(what, left - 1) : Future.failedFuture(failure));
    }

    static <T> T await(Future<T> future) {
        return get(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
