package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.config.RedisSettings;
import io.signalbox.config.RedisSettings.Pair;
import io.signalbox.config.RedisSettings.Sentinels;
import io.signalbox.config.RedisSettings.Tls;
import io.signalbox.config.Secret;
import io.signalbox.fixture.Certificates;
import io.signalbox.fixture.RedisProcess;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Redis and Sentinels speak TLS alone and ask for certificates, each new master is checked as the first one was. */
class EncryptedSentinelIT {
    private static final Duration FAILOVER = Duration.ofSeconds(40);
    private static final Secret OF_REDIS = new Secret("of-redis");
    private static final Secret OF_SENTINEL = new Secret("of-sentinel");

    private final Vertx vertx = Vertx.vertx();
    private final List<RedisProcess> servers = new ArrayList<>();

    @TempDir
    Path folder;

    private Certificates authority;

    @BeforeEach
    void sign() {
        authority = new Certificates(folder, "ours");
        authority.sign("server", "IP:127.0.0.1");
        authority.sign("elsewhere", "DNS:redis.example.org");
        authority.sign("bot", "DNS:bot.example.org");
    }

    @AfterEach
    void end() {
        result(vertx.close());
        servers.forEach(RedisProcess::close);
    }

    @Test
    void goesOnWithTheNewMaster() throws Exception {
        RedisProcess one = redis("one", "server");
        RedisProcess other = replica("other", "server", one);
        Connection connection = connection(sentinel(one));
        until("the brain answers", FAILOVER, () -> whyNot(connection).isEmpty());
        result(connection.send("SET", "sb:test", "kept"));
        assertThat(result(connection.send("WAIT", "1", "5000")).toInteger()).isEqualTo(1);
        one.kill();
        until("the brain answers again", FAILOVER, () -> whyNot(connection).isEmpty());
        assertThat(result(connection.send("CONFIG", "GET", "tls-port")).toString())
                .contains(Integer.toString(other.port()));
        assertThat(result(connection.send("GET", "sb:test")).toString()).isEqualTo("kept");
        assertThat(result(connection.send("ACL", "WHOAMI")).toString()).isEqualTo("bot");
    }

    @Test
    void trustsNoNewMasterWhoseCertificateIsThatOfAnotherHost() throws Exception {
        RedisProcess one = redis("one", "server");
        replica("other", "elsewhere", one);
        RedisProcess sentinel = sentinel(one);
        Connection connection = connection(sentinel);
        until("the brain answers", FAILOVER, () -> whyNot(connection).isEmpty());
        one.kill();
        until("the master moved", FAILOVER, () -> sentinel.says("+switch-master"));
        until("the new one was asked", FAILOVER, () -> whyNot(connection).contains("127.0.0.1"));
        assertThatThrownBy(() -> result(connection.send("PING")))
                .isInstanceOf(BrainUnavailable.class)
                .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1");
    }

    private static String whyNot(Connection connection) {
        try {
            result(connection.send("SET", "sb:asked", "1"));
            return "";
        } catch (BrainUnavailable why) {
            return String.valueOf(why.getMessage());
        }
    }

    private Connection connection(RedisProcess sentinel) {
        Tls tls = new Tls(
                Optional.of(authority.authority()),
                Optional.of(new Pair(authority.certificate("bot"), authority.key("bot"))));
        Sentinels sentinels = new Sentinels(List.of("127.0.0.1:" + sentinel.port()), "brain", Optional.of(OF_SENTINEL));
        return Connection.of(
                vertx,
                new RedisSettings(
                        "rediss://bot@not-used.example.org/0", Optional.of(OF_REDIS), tls, Optional.of(sentinels)),
                Duration.ofSeconds(2));
    }

    private RedisProcess replica(String name, String certificate, RedisProcess master) throws Exception {
        RedisProcess replica = redis(name, certificate, "replicaof 127.0.0.1 " + master.port());
        until("the replica is one", FAILOVER, () -> replica.says("MASTER <-> REPLICA sync: Finished with success"));
        return replica;
    }

    private RedisProcess redis(String name, String certificate, String... more) {
        List<String> lines = tls(certificate);
        lines.addAll(List.of(
                "tls-replication yes",
                "requirepass " + OF_REDIS.reveal(),
                "masterauth " + OF_REDIS.reveal(),
                "user bot on >" + OF_REDIS.reveal() + " ~sb:* +@all",
                "repl-diskless-sync-delay 0"));
        lines.addAll(List.of(more));
        return kept(RedisProcess.encrypted(folder, name, lines.toArray(String[]::new)));
    }

    private RedisProcess sentinel(RedisProcess master) {
        List<String> lines = tls("server");
        lines.addAll(List.of(
                "requirepass " + OF_SENTINEL.reveal(),
                "sentinel monitor brain 127.0.0.1 " + master.port() + " 1",
                "sentinel auth-pass brain " + OF_REDIS.reveal(),
                "sentinel down-after-milliseconds brain 1000",
                "sentinel failover-timeout brain 4000"));
        return kept(RedisProcess.encryptedSentinel(folder, "sentinel", lines.toArray(String[]::new)));
    }

    private List<String> tls(String certificate) {
        return new ArrayList<>(List.of(
                "tls-cert-file " + authority.certificate(certificate),
                "tls-key-file " + authority.key(certificate),
                "tls-ca-cert-file " + authority.authority(),
                "tls-auth-clients yes"));
    }

    private RedisProcess kept(RedisProcess server) {
        servers.add(server);
        return server;
    }
}
