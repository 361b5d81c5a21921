package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Signal;
import io.signalbox.config.RunConduct;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** When a process is started, and when it is not. The side effect of each is a file. */
@Timeout(120)
class RunStartsIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    final NoBlockedThreads threads = new NoBlockedThreads();

    private final Project project;
    private final Path effect;

    RunStartsIT(@TempDir Path home) throws IOException {
        project = new Project(home);
        effect = home.resolve("effect");
        project.program("touch", "/usr/bin/python3", "-c", """
                import os, sys
                os.write(os.open(sys.argv[1], os.O_CREAT | os.O_APPEND | os.O_WRONLY), b'ran\\n')
                """, effect.toString());
    }

    @Test
    void startsNothingBeforeTheAuditLogHasTheRecord() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("touch", Map.of());
            long dispatched = bot.awaitState(id, Kind.DISPATCHED).sequence();
            acknowledge(dispatched - 1);
            bot.events.publish(new Signal.Recorded(dispatched - 1));
            // A start takes a tenth of this.
            Bot.await(bot.vertx.timer(700));
            assertThat(effect).doesNotExist();
            assertThat(folder(id).resolve("claimed")).doesNotExist();

            acknowledge(dispatched);
            bot.events.publish(new Signal.Recorded(dispatched));

            assertThat(bot.awaitEnd(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(effect).hasContent("ran");
            assertThat(bot.story(id).events().stream().map(Event::kind))
                    .endsWith(Kind.ADMITTED, Kind.DISPATCHED, Kind.STARTED, Kind.FINISHED);
        }
    }

    @Test
    void whatIsNotAcknowledgedInTimeIsNeverStarted() throws Exception {
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(1), 8))) {
            CommandId id = bot.admit(Bot.ANNA, "touch", Map.of(), "backend/staging");
            Event.Finished end = bot.awaitEnd(id);

            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason()).contains("the audit log did not acknowledge it within 1 seconds");
            assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
            acknowledge(Long.MAX_VALUE);
            wrapperByHand(id);
            assertThat(effect).doesNotExist();
        }
    }

    @Test
    void twoBotsStartOneProcessForEachCommand() throws Exception {
        acknowledge(Long.MAX_VALUE);
        try (Bot one = new Bot(REDIS, project);
                Bot other = new Bot(REDIS, project)) {
            List<CommandId> ids = IntStream.range(0, 4)
                    .mapToObj(n -> one.admit("touch", Map.of()))
                    .toList();
            for (CommandId id : ids) {
                assertThat(other.awaitEnd(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
                assertThat(one.story(id).events()).hasSize(6);
            }
        }
        assertThat(Files.readAllLines(effect)).hasSize(4);
    }

    @Test
    void aCommandDispatchedBeforeTheBotDiedIsStartedByTheNextOneOnlyInTime() throws Exception {
        CommandId id;
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(1), 8))) {
            id = bot.admit("touch", Map.of());
            bot.awaitState(id, Kind.DISPATCHED);
        }
        acknowledge(Long.MAX_VALUE);
        try (Bot next = new Bot(REDIS, project, project.rules(Duration.ZERO, 8))) {
            Event.Finished end = next.awaitEnd(id);
            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason()).contains("since the bot was away");
        }
        assertThat(effect).doesNotExist();
    }

    @Test
    void whatCannotBePreparedIsGivenUpAndItsLockIsFree() throws Exception {
        acknowledge(Long.MAX_VALUE);
        Path noFolder = Files.createFile(project.state.resolve("runs"));
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(1), 8))) {
            CommandId id = bot.admit(Bot.ANNA, "touch", Map.of(), "backend/staging");
            Event.Finished end = bot.awaitEnd(id);

            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason()).startsWith("it could not be prepared: ").contains(noFolder.toString());
            assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
            assertThat(effect).doesNotExist();
        }
    }

    @Test
    void aProgramIsNeverHandedAnOptionThatAPersonSaid() throws Exception {
        acknowledge(Long.MAX_VALUE);
        project.program("show", "/usr/bin/printf", "%s", "{said}");
        try (Bot bot = new Bot(REDIS, project)) {
            Event.Finished end = bot.awaitEnd(bot.admit(Bot.ANNA, "show", Map.of("said", "--version"), "a"));

            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason()).contains("'--version' begins with '-'");
            assertThat(REDIS.tell("EXISTS", "sb:lock:a")).isEqualTo("0");
        }
    }

    @Test
    void aRunWhoseLockAnotherProcessHoldsIsBusy() throws Exception {
        acknowledge(Long.MAX_VALUE);
        Path lock = Files.createDirectories(project.state.resolve("locks")).resolve("backend%2Fstaging");
        Process holder = new ProcessBuilder("flock", lock.toString(), "sleep", "60").start();
        try (Bot bot = new Bot(REDIS, project)) {
            Bot.until(() -> isHeld(lock), () -> "nobody holds the lock");
            CommandId id = bot.admit(Bot.ANNA, "touch", Map.of(), "backend/staging");
            Event.Finished end = bot.awaitEnd(id);

            assertThat(end.outcome()).isEqualTo(Outcome.BUSY);
            assertThat(effect).doesNotExist();
        } finally {
            holder.descendants().forEach(ProcessHandle::destroyForcibly);
            holder.destroyForcibly();
        }
    }

    @Test
    void aWrapperThatCannotRunHereIsSaidAndStartsNothing() throws Exception {
        acknowledge(Long.MAX_VALUE);
        RunRules broken = new RunRules(
                Path.of("/usr/bin/python3"),
                project.folder.resolve("no-such-wrapper"),
                project.here,
                RunConduct.standard(),
                Duration.ZERO,
                Duration.ofSeconds(5),
                Optional.empty());
        try (Bot bot = new Bot(REDIS, project, broken)) {
            CommandId id = bot.admit("touch", Map.of());
            Event.Finished end = bot.awaitEnd(id);
            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason())
                    .contains("the program that starts runs failed")
                    .contains("No such file");
            assertThat(effect).doesNotExist();
        }
    }

    @Test
    void whatFailsToStartUntilItsDeadlineSaysWhy() throws Exception {
        acknowledge(Long.MAX_VALUE);
        RunRules broken = new RunRules(
                project.folder.resolve("no-such-python"),
                Path.of("libexec/signalbox-run").toAbsolutePath(),
                project.here,
                RunConduct.standard(),
                Duration.ZERO,
                Duration.ofSeconds(1),
                Optional.empty());
        try (Bot bot = new Bot(REDIS, project, broken)) {
            Event.Finished end = bot.awaitEnd(bot.admit("touch", Map.of()));
            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason()).contains("since starting failed: ", "no-such-python cannot be started");
        }
    }

    private static boolean isHeld(Path lock) {
        try {
            return new ProcessBuilder("flock", "-n", lock.toString(), "true")
                            .start()
                            .waitFor()
                    != 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void wrapperByHand(CommandId id) throws Exception {
        Process wrapper = new ProcessBuilder(
                        "/usr/bin/python3", "libexec/signalbox-run", folder(id).toString())
                .start();
        assertThat(wrapper.waitFor()).isZero();
    }

    private Path folder(CommandId id) {
        return project.state.resolve("runs").resolve(id.value());
    }

    private static void acknowledge(long upTo) {
        REDIS.tell("SET", "sb:audit:acked", Long.toString(upTo));
    }
}
