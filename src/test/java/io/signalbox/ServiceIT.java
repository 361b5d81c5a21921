package io.signalbox;

import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.fixture.NotifyReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    @Test
    void makesWayForAnotherReleaseAndEndsAsOneThatNobodyBlames() throws Exception {
        Path one = release("1");
        Path other = release("2");
        Path current = folder.resolve("current");
        Files.createSymbolicLink(current, one);
        try (NotifyReceiver systemd = receiver();
                BotProcess bot = BotProcess.start(
                        folder,
                        classPath(one),
                        Map.of("NOTIFY_SOCKET", systemd.address()),
                        "release.current=" + current)) {
            until("it is ready:\n" + bot.said(), SOON, bot::isReady);
            assertThat(bot.isAlive()).isTrue();
            Files.createSymbolicLink(folder.resolve("fresh"), other);
            Files.move(folder.resolve("fresh"), current, StandardCopyOption.ATOMIC_MOVE);
            assertThat(bot.status()).as(bot.said()).isZero();
            assertThat(bot.said()).contains("Another release is in use now");
            assertThat(last(systemd.messages())).startsWith("STOPPING=1");
            assertThat(BotProcess.state(folder).resolve("ready")).doesNotExist();
        }
    }

    @Test
    void refusesToServeAsAReleaseThatItIsNot() throws Exception {
        Path current = Files.createSymbolicLink(folder.resolve("current"), release("1"));
        try (BotProcess bot = BotProcess.start(folder, Map.of(), "release.current=" + current)) {
            assertThat(bot.status()).isEqualTo(1);
            assertThat(bot.said()).contains("this one was started from ", "start it by " + current);
        }
    }

    private Path release(String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve("releases").resolve(name.repeat(40)));
        Path code = code();
        try (Stream<Path> files = Files.walk(code)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, own.resolve("code").resolve(code.relativize(file).toString()));
            }
        }
        return own;
    }

    /** With the release's own copy of what is being tested, a jar or a folder of classes, in the place of the original. */
    private static String classPath(Path release) {
        return System.getProperty("java.class.path")
                .replace(code().toString(), release.resolve("code").toString());
    }

    private static Path code() {
        return Path.of(Signalbox.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private NotifyReceiver receiver() {
        return NotifyReceiver.at(folder.resolve("notify").toString(), folder.resolve("heard"));
    }

    private static String last(List<String> messages) {
        return messages.get(messages.size() - 1);
    }
}
