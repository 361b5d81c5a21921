package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis whose machine is gone: nobody closes the connections, and nobody answers on them ever again. */
@ExtendWith(NoBlockedThreads.class)
class SilenceIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final int MORE_THAN_THE_POOL_HOLDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final List<NetSocket> ends = new CopyOnWriteArrayList<>();
    private final NetServer network = vertx.createNetServer().connectHandler(this::forward);
    private final Brain brain = brain(result(network.listen(0, "127.0.0.1")).actualPort());

    @AfterEach
    void end() {
        result(vertx.close());
    }

    @Test
    void connectionsThatWentSilentAreReplacedWithinSeconds() throws Exception {
        awaitAnswers();
        ends.forEach(NetSocket::pause);
        // What comes from now on reaches Redis, like after its address has moved.
        assertThatThrownBy(() -> result(ask())).isInstanceOf(BrainUnavailable.class);
        awaitAnswers();
    }

    @Test
    void connectionsThatNobodyUsesAreGivenUpBeforeTheyCouldFailSomebody() throws Exception {
        awaitAnswers();
        // Longer than a connection may be silent.
        result(vertx.timer(9, TimeUnit.SECONDS));
        result(ask());
    }

    private void awaitAnswers() throws Exception {
        until(
                "Redis answers",
                Duration.ofSeconds(15),
                () -> result(ask().transform(asked -> Future.succeededFuture(asked.succeeded()))));
    }

    /** On all connections at once. */
    private Future<?> ask() {
        return Future.all(IntStream.range(0, MORE_THAN_THE_POOL_HOLDS)
                .mapToObj(number -> brain.in(Kind.STARTED))
                .toList());
    }

    private void forward(NetSocket near) {
        near.pause();
        vertx.createNetClient()
                .connect(URI.create(REDIS.uri()).getPort(), "127.0.0.1")
                .onSuccess(far -> {
                    ends.addAll(List.of(near, far));
                    near.handler(far::write);
                    far.handler(near::write);
                    near.closeHandler(closed -> far.close());
                    near.resume();
                });
    }

    private Brain brain(int port) {
        RedisOptions options = new RedisOptions()
                .setConnectionString("redis://127.0.0.1:" + port + "/0")
                .setPassword(REDIS.password().reveal());
        Connection connection = new Connection(vertx, options, Duration.ofSeconds(2));
        CommitScript script = new CommitScript(connection, InstantSource.system(), Duration.ofHours(1));
        return new Brain(connection, script, new Events(vertx.eventBus()));
    }
}
