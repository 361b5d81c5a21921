package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.config.RedisSettings;
import io.signalbox.config.RedisSettings.Pair;
import io.signalbox.config.RedisSettings.Tls;
import io.signalbox.config.Secret;
import io.signalbox.fixture.Certificates;
import io.signalbox.fixture.RedisProcess;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis with TLS, accounts and certificates of an authority of one's own: what works, and what is said where it does not. */
class EncryptedIT {
    private static final Secret PASSWORD = new Secret("a password");
    private static final Secret WRONG = new Secret("another one");

    @TempDir
    static Path folder;

    private static Certificates ours;
    private static Certificates theirs;
    private static RedisProcess open;
    private static RedisProcess misnamed;
    private static RedisProcess mutual;

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void start() {
        ours = new Certificates(folder, "ours");
        theirs = new Certificates(folder, "theirs");
        ours.sign("server", "IP:127.0.0.1");
        ours.sign("elsewhere", "DNS:redis.example.org");
        ours.sign("bot", "DNS:bot.example.org");
        open = redis("open", "server", "tls-auth-clients no");
        misnamed = redis("misnamed", "elsewhere", "tls-auth-clients no");
        mutual = redis("mutual", "server", "tls-auth-clients yes");
    }

    @AfterAll
    static void stop() {
        open.close();
        misnamed.close();
        mutual.close();
    }

    @AfterEach
    void end() {
        result(vertx.close());
    }

    @Test
    void speaksEncryptedWithAnAccountsNameAndPassword() {
        assertThat(whoami(settings(open, "bot@", PASSWORD, trusting(ours)))).isEqualTo("bot");
        assertThat(whoami(settings(open, "", PASSWORD, trusting(ours)))).isEqualTo("default");
    }

    @Test
    void namesTheAuthorityThatIsNotKnown() {
        assertRefused(
                settings(open, "", PASSWORD, trusting(theirs)), "of no authority that is known here (redis.ca-file)");
        assertRefused(settings(open, "", PASSWORD, Tls.USUAL), "of no authority that is known here (redis.ca-file)");
    }

    @Test
    void trustsNoCertificateOfAnotherHost() {
        assertRefused(settings(misnamed, "", PASSWORD, trusting(ours)), "127.0.0.1");
    }

    @Test
    void showsItsOwnCertificateWhereRedisAsksForOne() {
        Tls own =
                new Tls(Optional.of(ours.authority()), Optional.of(new Pair(ours.certificate("bot"), ours.key("bot"))));
        assertThat(whoami(settings(mutual, "", PASSWORD, own))).isEqualTo("default");
        assertRefused(settings(mutual, "", PASSWORD, trusting(ours)), "the brain (Redis) did not answer");
    }

    @Test
    void saysThatThePasswordIsWrongWithoutSayingIt() {
        assertRefused(settings(open, "", WRONG, trusting(ours)), "it refused the login: WRONGPASS");
        assertThatThrownBy(() -> whoami(settings(open, "", WRONG, trusting(ours))))
                .hasMessageNotContaining(WRONG.reveal());
        assertRefused(settings(open, "nobody@", PASSWORD, trusting(ours)), "it refused the login: WRONGPASS");
        assertRefused(
                new RedisSettings(uri(open, ""), Optional.empty(), trusting(ours), Optional.empty()),
                "it refused the login: NOAUTH");
    }

    private void assertRefused(RedisSettings settings, String reason) {
        assertThatThrownBy(() -> whoami(settings))
                .isInstanceOf(BrainUnavailable.class)
                .hasMessageContaining(reason);
    }

    private String whoami(RedisSettings settings) {
        return result(Connection.of(vertx, settings, Duration.ofSeconds(5)).send("ACL", "WHOAMI"))
                .toString();
    }

    private static RedisSettings settings(RedisProcess redis, String user, Secret password, Tls tls) {
        return new RedisSettings(uri(redis, user), Optional.of(password), tls, Optional.empty());
    }

    private static String uri(RedisProcess redis, String user) {
        return "rediss://" + user + "127.0.0.1:" + redis.port() + "/3";
    }

    private static Tls trusting(Certificates authority) {
        return new Tls(Optional.of(authority.authority()), Optional.empty());
    }

    private static RedisProcess redis(String name, String certificate, String... more) {
        return RedisProcess.encrypted(
                folder,
                name,
                "tls-cert-file " + ours.certificate(certificate),
                "tls-key-file " + ours.key(certificate),
                "tls-ca-cert-file " + ours.authority(),
                "requirepass \"" + PASSWORD.reveal() + "\"",
                "user bot on \">" + PASSWORD.reveal() + "\" ~sb:* +@all",
                String.join("\n", more));
    }
}
