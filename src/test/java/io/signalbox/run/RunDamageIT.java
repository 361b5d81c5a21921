package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.runner.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What one damaged entry of the brain does to the words about runs: as little as can be. */
class RunDamageIT extends RecordedRuns {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    RunDamageIT(@TempDir Path home) throws IOException {
        super(REDIS, home);
    }

    @Test
    void aStoryOfALaterReleaseHidesNoOtherRunAndKeepsNoPromise() throws Exception {
        String later = CommandId.fresh().value();
        REDIS.tell("RPUSH", "sb:story:" + later, "{\"kind\":\"Postponed\",\"id\":\"" + later + "\"}");
        REDIS.tell("SADD", "sb:in:Started", later);
        REDIS.tell("LPUSH", "sb:run:ended", later);
        CommandId id;
        try (Bot bot = new Bot(REDIS, project)) {
            id = bot.admit("wait", Map.of());
            bot.awaitState(id, Kind.STARTED);
        }
        // What `cancel` promises; the bot died before it kept that.
        REDIS.tell("HSET", "sb:command:" + id, "cancelledBy", "anna");
        try (Bot next = new Bot(REDIS, project)) {
            assertThat(next.awaitEnd(id).reason()).isEqualTo("cancelled by anna");
            assertThat(next.answer(next.admit("bot.runs", Map.of())))
                    .contains("  " + id + " `wait` by anna: cancelled after ");
        }
    }

    @Test
    void aWordThatFailsIsRefusedWithTheReason() {
        REDIS.tell("SET", "sb:run:ended", "no list");
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId word = bot.admit("bot.runs", Map.of());
            assertThat(bot.answer(word)).contains("This could not be answered: WRONGTYPE");
            assertThat(((Event.Refused) bot.story(word).last()).code()).isEqualTo("failed");
        }
    }

    @Test
    void theLogOfARunWhoseFolderWasRemovedIsSaidToBeGone() throws Exception {
        Files.createFile(gate);
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("wait", Map.of());
            bot.awaitEnd(id);
            Folders.delete(project.state.resolve("runs/" + id));
            assertThat(bot.answer(bot.word(Bot.ANNA, "log", id)))
                    .contains("The log of `wait` (" + id + ") is gone with the run's folder", "run.keep-size");
        }
    }

    @Test
    void manyWordsDoNotPushTheLastRunsOut() throws Exception {
        Files.createFile(gate);
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("wait", Map.of());
            bot.awaitEnd(id);
            List<CommandId> words = IntStream.range(0, 210)
                    .mapToObj(number -> bot.word(Bot.ANNA, "tail", id))
                    .toList();
            words.forEach(bot::answer);
            assertThat(bot.answer(bot.admit("bot.runs", Map.of())))
                    .contains("  " + id + " `wait` by anna: succeeded after ");
        }
    }
}
