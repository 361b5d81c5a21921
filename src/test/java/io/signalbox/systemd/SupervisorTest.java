package io.signalbox.systemd;

import static io.signalbox.fixture.Eventually.result;
import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.signalbox.fixture.Logged;
import io.signalbox.fixture.NotifyReceiver;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears, over a real datagram socket. */
@Timeout(60)
class SupervisorTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        result(vertx.close());
    }

    @Test
    void whereNobodyAskedNothingIsTold() throws Exception {
        Supervisor nobody = Supervisor.of(Map.of("WATCHDOG_USEC", "1000", "NOTIFY_SOCKET", ""));
        nobody.ready(vertx, "Ready");
        nobody.stopping("Ending");
        assertThat(threads()).doesNotContain("watchdog");
    }

    @Test
    void readyAndStoppingAreSaidEachWithOneLineOfStatus() throws Exception {
        try (NotifyReceiver systemd = receiver(folder.resolve("notify").toString())) {
            Supervisor supervisor = Supervisor.of(Map.of("NOTIFY_SOCKET", systemd.address()));
            supervisor.ready(vertx, "Ready:\nsignalbox 1");
            supervisor.stopping("Ending");
            until("both were heard", SOON, () -> systemd.messages().size() == 2);
            assertThat(systemd.messages())
                    .containsExactly("READY=1 STATUS=Ready: signalbox 1", "STOPPING=1 STATUS=Ending");
            assertThat(threads()).doesNotContain("watchdog");
        }
    }

    @Test
    void anAddressInNoFileSystemIsReachedToo() throws Exception {
        try (NotifyReceiver systemd = receiver("@signalbox-" + UUID.randomUUID())) {
            Supervisor.of(Map.of("NOTIFY_SOCKET", systemd.address())).ready(vertx, "Ready");
            until("it was heard", SOON, () -> systemd.count("READY=1 STATUS=Ready") == 1);
        }
    }

    @Test
    void whatCannotBeToldIsNoReadiness() throws Exception {
        Supervisor supervisor =
                Supervisor.of(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()));
        assertThatThrownBy(() -> supervisor.ready(vertx, "Ready")).isInstanceOf(IOException.class);
        supervisor.stopping("Ending");
    }

    @Test
    void aLimitThatIsNoNumberIsToldAtTheStart() {
        assertThatThrownBy(() -> Supervisor.of(Map.of("WATCHDOG_USEC", "soon")))
                .hasMessage("WATCHDOG_USEC is no number: soon");
    }

    @Test
    void theWatchdogOfAnotherProcessIsNotFed() throws Exception {
        try (NotifyReceiver systemd = receiver(folder.resolve("notify").toString())) {
            Supervisor.of(Map.of("NOTIFY_SOCKET", systemd.address(), "WATCHDOG_USEC", "30000", "WATCHDOG_PID", "1"))
                    .ready(vertx, "Ready");
            assertThat(threads()).doesNotContain("watchdog");
        }
    }

    @Test
    void theWatchdogIsFedWhileEveryEventLoopTurnsAndOnlyThen() throws Exception {
        String mine = Long.toString(ProcessHandle.current().pid());
        CountDownLatch hang = new CountDownLatch(1);
        try (NotifyReceiver systemd = receiver(folder.resolve("notify").toString());
                Logged log = new Logged(Watchdog.class)) {
            Supervisor supervisor = Supervisor.of(
                    Map.of("NOTIFY_SOCKET", systemd.address(), "WATCHDOG_USEC", "150000", "WATCHDOG_PID", mine));
            supervisor.ready(vertx, "Ready");
            until("it is fed", SOON, () -> systemd.count("WATCHDOG=1") >= 3);

            // One loop of several, and one on which no verticle lives.
            ((VertxInternal) vertx).eventLoopGroup().next().execute(() -> await(hang));
            until("the hang is seen", SOON, () -> log.count(Level.ERROR) >= 1);
            long before = systemd.count("WATCHDOG=1");
            until("it was looked at again and again", SOON, () -> log.count(Level.ERROR) >= 8);
            assertThat(systemd.count("WATCHDOG=1")).isEqualTo(before);

            hang.countDown();
            until("it is fed again", SOON, () -> systemd.count("WATCHDOG=1") >= before + 3);
            supervisor.stopping("Ending");
            until("it stopped", SOON, () -> threads().stream().noneMatch("watchdog"::equals));
            assertThat(systemd.messages().get(systemd.messages().size() - 1)).startsWith("STOPPING=1");
        } finally {
            hang.countDown();
        }
    }

    private NotifyReceiver receiver(String address) {
        return NotifyReceiver.at(address, folder.resolve("heard"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
