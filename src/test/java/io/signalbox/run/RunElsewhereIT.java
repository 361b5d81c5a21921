package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.signalbox.runner.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Bots with state folders of their own on one brain. */
@Timeout(120)
class RunElsewhereIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    final NoBlockedThreads threads = new NoBlockedThreads();

    private final Path home;
    private final Path gate;
    private final Project project;

    RunElsewhereIT(@TempDir Path home) throws IOException {
        this.home = home;
        gate = home.resolve("gate");
        project = project("one", "deploy1");
    }

    @BeforeEach
    void everythingIsRecorded() {
        REDIS.tell("SET", "sb:audit:acked", Long.toString(Long.MAX_VALUE));
    }

    @Test
    void aRunOfAnotherMachineIsLeftAloneAndSaidToBeThere() throws Exception {
        CommandId id = begun();
        try (Bot other = new Bot(REDIS, project("two", "deploy2"))) {
            assertThat(other.answer(other.word(Bot.ANNA, "cancel", id)))
                    .contains("`wait` (" + id + ") runs on deploy1", "The bot on deploy1 can cancel it");
            assertThat(other.answer(other.word(Bot.ANNA, "log", id)))
                    .contains("is on deploy1: " + project.state.resolve("runs/" + id + "/output.log"));
            assertThat(other.story(id).marks()).doesNotContainKey("cancelledBy");
            assertThat(other.story(id).state()).isEqualTo(Kind.STARTED);
        }
        goesOnAsIfNothingHadBeen(id);
    }

    @Test
    void aRunOfAnotherStateFolderOfThisMachineIsLeftAloneToo() throws Exception {
        CommandId id = begun();
        try (Bot other = new Bot(REDIS, project("two", "deploy1"))) {
            assertThat(other.answer(other.word(Bot.ANNA, "tail", id))).contains("is on deploy1");
            assertThat(other.story(id).state()).isEqualTo(Kind.STARTED);
        }
        goesOnAsIfNothingHadBeen(id);
    }

    @Test
    void aRunWhoseStateFolderWasRemovedIsEndedByTheNextBotOfThatMachine() throws Exception {
        CommandId id = begun();
        Folders.delete(project.state);
        try (Bot next = new Bot(REDIS, project("two", "deploy1"))) {
            assertThat(next.awaitEnd(id).outcome()).isEqualTo(Outcome.LOST);
            Files.createFile(gate);
        }
    }

    private CommandId begun() {
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit(Bot.ANNA, "wait", Map.of(), "backend/staging");
            bot.awaitState(id, Kind.STARTED);
            return id;
        }
    }

    private void goesOnAsIfNothingHadBeen(CommandId id) throws IOException {
        Files.createFile(gate);
        try (Bot bot = new Bot(REDIS, project)) {
            Event.Finished end = bot.awaitEnd(id);
            assertThat(end.outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
        assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
    }

    private Project project(String name, String host) throws IOException {
        return new Project(Files.createDirectories(home.resolve(name)), host).program("wait", Project.waiting(gate, 0));
    }
}
