package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Events;
import io.signalbox.config.RedisSettings;
import io.signalbox.config.RedisSettings.Sentinels;
import io.signalbox.config.RedisSettings.Tls;
import io.signalbox.config.Secret;
import io.signalbox.fixture.RedisProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The brain stays where the Sentinels say that the master is. */
class SentinelIT {
    private static final Duration FAILOVER = Duration.ofSeconds(40);
    private static final Secret OF_REDIS = new Secret("of-redis");
    private static final Secret OF_SENTINEL = new Secret("of-sentinel");
    private static final String NOBODY = "127.0.0.1:9";

    private final Vertx vertx = Vertx.vertx();
    private final CommandId id = CommandId.fresh();

    @TempDir
    Path folder;

    private RedisProcess one;
    private RedisProcess other;
    private RedisProcess sentinel;

    @BeforeEach
    void start() throws Exception {
        one = redis("one");
        other = redis("other", "replicaof 127.0.0.1 " + one.port());
        sentinel = RedisProcess.sentinel(
                folder,
                "sentinel",
                "requirepass " + OF_SENTINEL.reveal(),
                "sentinel monitor brain 127.0.0.1 " + one.port() + " 1",
                "sentinel auth-pass brain " + OF_REDIS.reveal(),
                "sentinel down-after-milliseconds brain 1000",
                "sentinel failover-timeout brain 4000");
        until("the replica is one", FAILOVER, () -> other.says("MASTER <-> REPLICA sync: Finished with success"));
    }

    @AfterEach
    void end() {
        result(vertx.close());
        List.of(sentinel, one, other).forEach(RedisProcess::close);
    }

    @Test
    void goesOnWithTheNewMasterWhereTheOldOneDied() throws Exception {
        Connection connection = connection(OF_SENTINEL, NOBODY, sentinels());
        Brain brain = brain(connection);
        committed(brain, Commit.of(EventSamples.requested(id)));
        assertThat(result(connection.send("WAIT", "1", "5000")).toInteger()).isEqualTo(1);
        one.kill();
        until("the brain answers again", FAILOVER, () -> answers(brain));
        assertThat(result(connection.send("CONFIG", "GET", "port")).toString())
                .contains(Integer.toString(other.port()));
        assertThat(result(brain.story(id)).orElseThrow().sequence()).isEqualTo(1);
        committed(brain, Commit.of(EventSamples.understood(id)));
    }

    @Test
    void followsAMasterThatWasMovedWithoutDying() throws Exception {
        Connection connection = connection(OF_SENTINEL, sentinels());
        Brain brain = brain(connection);
        committed(brain, Commit.of(EventSamples.requested(id)));
        assertThat(result(connection.send("WAIT", "1", "5000")).toInteger()).isEqualTo(1);
        Connection sentinels = asSentinel();
        until("a replica to move to", FAILOVER, () -> moves(sentinels));
        until("the master moved", FAILOVER, () -> sentinel.says("+switch-master"));
        until("the brain writes there", FAILOVER, () -> answers(brain) && writes(connection));
        assertThat(result(connection.send("CONFIG", "GET", "port")).toString())
                .contains(Integer.toString(other.port()));
        committed(brain, Commit.of(EventSamples.understood(id)));
    }

    @Test
    void saysWhatEachSentinelSaid() {
        assertThatThrownBy(
                        () -> result(connection(OF_REDIS, NOBODY, sentinels()).send("PING")))
                .isInstanceOf(BrainUnavailable.class)
                .hasMessageContaining("no Sentinel says where the master brain is")
                .hasMessageContaining(NOBODY)
                .hasMessageContaining(sentinels() + " it refused the login: WRONGPASS");
        Sentinels elsewhere = new Sentinels(List.of(sentinels()), "soul", Optional.of(OF_SENTINEL));
        assertThatThrownBy(() -> result(connection(elsewhere).send("PING")))
                .hasMessageContaining("no Sentinel says where the master soul is")
                .hasMessageContaining("does not know it");
    }

    /** A replica that was found is not one to promote before the Sentinel has heard from it. */
    private static boolean moves(Connection sentinels) {
        return result(sentinels
                .send("SENTINEL", "failover", "brain")
                .map(true)
                .recover(notYet -> String.valueOf(notYet.getMessage()).startsWith("NOGOODSLAVE")
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(notYet)));
    }

    private static boolean answers(Brain brain) {
        try {
            result(brain.outbox(1));
            return true;
        } catch (BrainUnavailable notYet) {
            return false;
        }
    }

    private static boolean writes(Connection connection) {
        try {
            result(connection.send("SET", "sb:test", "1"));
            return true;
        } catch (BrainUnavailable notYet) {
            return false;
        }
    }

    private static void committed(Brain brain, Commit commit) {
        assertThat(result(brain.commit(commit))).isInstanceOf(CommitResult.Committed.class);
    }

    private String sentinels() {
        return "127.0.0.1:" + sentinel.port();
    }

    private Connection asSentinel() {
        return Connection.of(
                vertx, new RedisSettings("redis://" + sentinels(), Optional.of(OF_SENTINEL)), Duration.ofSeconds(5));
    }

    private Connection connection(Secret password, String... hosts) {
        return connection(new Sentinels(List.of(hosts), "brain", Optional.of(password)));
    }

    private Connection connection(Sentinels sentinels) {
        return Connection.of(
                vertx,
                new RedisSettings(
                        "redis://not-used.example.org/0", Optional.of(OF_REDIS), Tls.USUAL, Optional.of(sentinels)),
                Duration.ofSeconds(2));
    }

    private Brain brain(Connection connection) {
        return new Brain(
                connection,
                new CommitScript(connection, InstantSource.system(), Duration.ofHours(1)),
                new Events(vertx.eventBus()));
    }

    private RedisProcess redis(String name, String... more) {
        return RedisProcess.redis(
                folder,
                name,
                "requirepass " + OF_REDIS.reveal(),
                "masterauth " + OF_REDIS.reveal(),
                "repl-diskless-sync-delay 0",
                String.join("\n", more));
    }
}
