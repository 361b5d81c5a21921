package io.signalbox;

import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.fixture.NotifyReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole process as systemd sees it. */
@Timeout(180)
class ServiceIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void isReadyByItselfIsWatchedAndEndsCleanly() throws Exception {
        try (NotifyReceiver systemd = receiver();
                BotProcess bot = BotProcess.start(
                        folder, Map.of("NOTIFY_SOCKET", systemd.address(), "WATCHDOG_USEC", "300000"))) {
            until("it is ready:\n" + bot.said(), SOON, () -> {
                boolean ready = systemd.messages().stream().anyMatch(each -> each.startsWith("READY=1 STATUS=Ready: "));
                // Never before the stages are deployed, which the file says.
                assertThat(!ready || bot.isReady()).isTrue();
                return ready;
            });
            until("it is fed", SOON, () -> systemd.count("WATCHDOG=1") >= 2);
            bot.end();
            assertThat(bot.status()).isEqualTo(143);
            assertThat(last(systemd.messages())).startsWith("STOPPING=1 STATUS=Ending");
            assertThat(BotProcess.state(folder).resolve("ready")).doesNotExist();
        }
    }

    @Test
    void isNotReadyWhereAStageCannotBeDeployed() throws Exception {
        try (NotifyReceiver systemd = receiver();
                BotProcess bot = BotProcess.start(
                        folder,
                        Map.of("NOTIFY_SOCKET", systemd.address()),
                        "chat.play=on",
                        "chat.play-socket=" + folder.resolve("no/such/folder/play.sock"))) {
            assertThat(bot.status()).as(bot.said()).isEqualTo(1);
            assertThat(systemd.messages()).noneMatch(each -> each.contains("READY"));
            assertThat(Files.exists(BotProcess.state(folder).resolve("ready"))).isFalse();
        }
    }

    private NotifyReceiver receiver() {
        return NotifyReceiver.at(folder.resolve("notify").toString(), folder.resolve("heard"));
    }

    private static String last(List<String> messages) {
        return messages.get(messages.size() - 1);
    }
}
