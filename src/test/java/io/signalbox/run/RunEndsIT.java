package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.runner.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How runs end: by themselves, with the bot away, by a person, by time, or in nobody's sight. */
class RunEndsIT extends RecordedRuns {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    RunEndsIT(@TempDir Path home) throws IOException {
        super(REDIS, home);
        project.program("slow", Duration.ofSeconds(1), Project.waiting(gate, 0));
        project.program("seven", Project.waiting(gate, 7));
    }

    @Test
    void aRunOutlivesTheBotAndTheNextBotTellsItsTrueResult() throws Exception {
        CommandId good;
        CommandId bad;
        long pid;
        try (Bot bot = new Bot(REDIS, project)) {
            good = bot.admit(Bot.ANNA, "wait", Map.of(), "a");
            bad = bot.admit(Bot.ANNA, "seven", Map.of(), "b");
            pid = started(bot.awaitState(good, Kind.STARTED)).pid();
            bot.awaitState(bad, Kind.STARTED);
        }
        assertThat(ProcessHandle.of(pid)).isPresent();
        Files.createFile(gate);
        try (Bot next = new Bot(REDIS, project)) {
            assertThat(next.awaitEnd(good).outcome()).isEqualTo(Outcome.SUCCEEDED);
            Event.Finished end = next.awaitEnd(bad);
            assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(end.exitCode()).isEqualTo(7);
            assertThat(end.reason()).isEqualTo("exit status 7");
            assertThat(started(next.story(good)).pid()).isEqualTo(pid);
            assertThat(REDIS.tell("EXISTS", "sb:lock:a", "sb:lock:b")).isEqualTo("0");
        }
    }

    @Test
    void aRunWhoseProcessesAreGoneWithoutAResultIsLostAndKeepsItsLock() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit(Bot.ANNA, "wait", Map.of(), "backend/staging");
            long child = started(bot.awaitState(id, Kind.STARTED)).pid();
            ProcessHandle wrapper =
                    ProcessHandle.of(child).orElseThrow().parent().orElseThrow();
            wrapper.destroyForcibly();
            ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);

            Event.Finished end = bot.awaitEnd(id);
            assertThat(end.outcome()).isEqualTo(Outcome.LOST);
            assertThat(end.reason())
                    .isEqualTo("its processes are gone and left no result; look at what it did, then"
                            + " `unlock backend/staging`");
            assertThat(REDIS.tell("HGET", "sb:lock:backend/staging", "command")).isEqualTo(id.value());
        }
    }

    @Test
    void aRunWhoseFolderIsRemovedMeanwhileIsLostAndKeepsItsLock() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit(Bot.ANNA, "wait", Map.of(), "backend/staging");
            bot.awaitState(id, Kind.STARTED);
            Path folder = project.state.resolve("runs/" + id);
            Folders.delete(folder);

            Event.Finished end = bot.awaitEnd(id);
            assertThat(end.outcome()).isEqualTo(Outcome.LOST);
            assertThat(end.reason())
                    .isEqualTo("the folder of the run is gone: " + folder
                            + "; look at what it did, then `unlock backend/staging`");
            assertThat(REDIS.tell("HGET", "sb:lock:backend/staging", "command")).isEqualTo(id.value());
            Files.createFile(gate);
        }
    }

    @Test
    void aRunThatLivesWithoutItsWrapperIsNotLostYet() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("wait", Map.of());
            long child = started(bot.awaitState(id, Kind.STARTED)).pid();
            ProcessHandle.of(child).orElseThrow().parent().orElseThrow().destroyForcibly();
            Bot.await(bot.vertx.timer(500));
            assertThat(bot.story(id).state()).isEqualTo(Kind.STARTED);
            Files.createFile(gate);
            assertThat(bot.awaitEnd(id).outcome()).isEqualTo(Outcome.LOST);
        }
    }

    @Test
    void aRunThatTakesTooLongIsEndedAndSaysSo() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit(Bot.ANNA, "slow", Map.of(), "backend/staging");
            Event.Finished end = bot.awaitEnd(id);

            assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(end.reason()).isEqualTo("it took longer than 1 seconds");
            assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
        }
    }

    @Test
    void logTailAndRunsTellOfRunsWithoutTheirSecrets() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            Files.createFile(gate);
            CommandId id = bot.admit("wait", Map.of());
            bot.awaitEnd(id);

            assertThat(bot.answer(bot.word(BERT, "log", id)))
                    .contains(
                            project.state.resolve("runs/" + id + "/output.log").toString())
                    .contains("\n  waiting for the gate\n  went (secret)")
                    .doesNotContain(Project.SECRET);
            assertThat(bot.answer(bot.word(BERT, "tail", id))).endsWith("went (secret)");
            assertThat(bot.answer(bot.admit("bot.runs", Map.of())))
                    .contains("Nothing is under way.")
                    .contains("  " + id + " `wait` by anna: succeeded after 0:0");
        }
    }

    @Test
    void aHundredMegabytesOfOutputAreNoBurden() throws Exception {
        project.program("loud", "/usr/bin/python3", "-c", """
                line = 'all work and no play ' * 48 + chr(10)
                for n in range(100 * 1024): print(line, end='')
                print('the end')
                """);
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("loud", Map.of());

            assertThat(bot.awaitEnd(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(Files.size(project.state.resolve("runs/" + id + "/output.log")))
                    .isGreaterThan(100_000_000);
            assertThat(bot.answer(bot.word(BERT, "tail", id)))
                    .endsWith("\n  the end")
                    .hasSizeLessThan(4000);
        }
    }

    @Test
    void aWordAboutARunThatIsNotThereIsRefused() {
        try (Bot bot = new Bot(REDIS, project)) {
            assertThat(bot.answer(bot.word(BERT, "log", CommandId.fresh()))).contains("No run has the id");
            assertThat(bot.answer(bot.admit("bot.tail", Map.of("command", "$(id)"))))
                    .contains("'$(id)' is not the id of a command");
        }
    }

    private static Event.Started started(Story story) {
        return story.last(Event.Started.class).orElseThrow();
    }
}
