package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.config.RunConduct;
import io.signalbox.fixture.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may cancel what, and what becomes of it. */
class RunCancelIT extends RecordedRuns {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    RunCancelIT(@TempDir Path home) throws IOException {
        super(REDIS, home);
    }

    @Test
    void itsRequesterCancelsARunAndItsLockIsFree() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit(Bot.ANNA, "wait", Map.of(), "backend/staging");
            bot.awaitState(id, Kind.STARTED);
            CommandId word = bot.word(Bot.ANNA, "cancel", id);
            Event.Finished end = bot.awaitEnd(id);

            assertThat(bot.answer(word)).startsWith("Cancelling `wait` (" + id + ")");
            assertThat(end.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(end.reason()).isEqualTo("cancelled by anna");
            assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
            assertThat(bot.answer(bot.word(Bot.ANNA, "cancel", id))).contains("is over already: cancelled");
        }
    }

    @Test
    void othersCancelOnlyWithTheRoleOfTheCommand() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("wait", Map.of());
            bot.awaitState(id, Kind.STARTED);
            assertThat(bot.answer(bot.word(BERT, "cancel", id)))
                    .contains("can be cancelled by anna and by whoever has the role admin or deployer");
            assertThat(bot.story(id).state()).isEqualTo(Kind.STARTED);
            REDIS.tell("HSET", "sb:gate:role:deployer", BERT.id(), "1");
            bot.word(BERT, "cancel", id);
            assertThat(bot.awaitEnd(id).reason()).isEqualTo("cancelled by bert");
        }
    }

    @Test
    void whatEverybodyMayStartEverybodyMayCancel() throws Exception {
        project.programOfEverybody("look", Project.waiting(gate, 0));
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("look", Map.of());
            bot.awaitState(id, Kind.STARTED);
            bot.word(BERT, "cancel", id);
            assertThat(bot.awaitEnd(id).reason()).isEqualTo("cancelled by bert");
        }
    }

    @Test
    void aRunWhoseCommandHasLeftTheCatalogIsCancelledByItsRequesterAndByAdmins() throws Exception {
        REDIS.tell("HSET", "sb:gate:role:deployer", BERT.id(), "1");
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("wait", Map.of());
            bot.awaitState(id, Kind.STARTED);
            project.forget("wait");

            Bot.until(
                    () -> bot.answer(bot.word(BERT, "tail", id)).contains("waiting for the gate"),
                    () -> "nobody is shown what it printed");
            assertThat(bot.answer(bot.word(BERT, "cancel", id)))
                    .contains("can be cancelled by anna and by whoever has the role admin.");
            bot.word(Bot.ANNA, "cancel", id);
            assertThat(bot.awaitEnd(id).reason()).isEqualTo("cancelled by anna");
        }
    }

    @Test
    void aRunThatIsCancelledWithoutItsWrapperIsLostAndKeepsItsLock() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit(Bot.ANNA, "wait", Map.of(), "backend/staging");
            long child = started(bot.awaitState(id, Kind.STARTED)).pid();
            ProcessHandle.of(child).orElseThrow().parent().orElseThrow().destroyForcibly();
            bot.word(Bot.ANNA, "cancel", id);

            Event.Finished end = bot.awaitEnd(id);
            assertThat(end.outcome()).isEqualTo(Outcome.LOST);
            assertThat(end.reason()).startsWith("cancelled by anna; how far it had come is not known;");
            assertThat(REDIS.tell("HGET", "sb:lock:backend/staging", "command")).isEqualTo(id.value());
        }
    }

    @Test
    void aPromisedCancellationIsKeptByTheNextBot() throws Exception {
        CommandId id;
        try (Bot bot = new Bot(REDIS, project)) {
            id = bot.admit("wait", Map.of());
            bot.awaitState(id, Kind.STARTED);
        }
        // What the transition of `cancel` leaves in the brain; the bot died before it asked the process.
        REDIS.tell("HSET", "sb:command:" + id, "cancelledBy", "anna");
        try (Bot next = new Bot(REDIS, project)) {
            assertThat(next.awaitEnd(id).reason()).isEqualTo("cancelled by anna");
        }
    }

    @Test
    void aCancellationThatDiedWithItsBotIsBegunAgainByTheNextOne() throws Exception {
        CommandId id;
        try (Bot bot = new Bot(REDIS, project)) {
            id = bot.admit("wait", Map.of());
            bot.awaitState(id, Kind.STARTED);
        }
        // As far as the program that ends runs had come when it was killed: it had not asked the child yet.
        REDIS.tell("HSET", "sb:command:" + id, "cancelledBy", "anna");
        Files.writeString(project.state.resolve("runs/" + id + "/cancelled"), "{}");
        try (Bot next = new Bot(REDIS, project)) {
            assertThat(next.awaitEnd(id).reason()).isEqualTo("cancelled by anna");
        }
    }

    @Test
    void aCancellationThatFailsIsTriedAgain() throws Exception {
        Path once = gate.resolveSibling("once");
        Path wrapper = Files.writeString(gate.resolveSibling("wrapper"), """
                import os, sys
                if '--cancel' in sys.argv and not os.path.exists('%s'):
                    open('%s', 'w').close()
                    sys.exit(1)
                os.execv(sys.executable, [sys.executable, '-I', '-S', '-E', '%s', *sys.argv[1:]])
                """.formatted(
                        once, once, Path.of("libexec/signalbox-run").toAbsolutePath()));
        RunRules rules = new RunRules(
                Path.of("/usr/bin/python3"),
                wrapper,
                project.here,
                RunConduct.standard(),
                Duration.ZERO,
                Duration.ofSeconds(20),
                Optional.of(Duration.ofSeconds(2)));
        try (Bot bot = new Bot(REDIS, project, rules)) {
            CommandId id = bot.admit("wait", Map.of());
            bot.awaitState(id, Kind.STARTED);
            bot.word(Bot.ANNA, "cancel", id);
            assertThat(bot.awaitEnd(id).reason()).isEqualTo("cancelled by anna");
            assertThat(once).exists();
        }
    }

    @Test
    void whatWaitsForApprovalIsWithdrawnByItsRequesterAndByNobodyElse() throws Exception {
        try (Bot bot = new Bot(REDIS, project)) {
            REDIS.tell("HSET", "sb:gate:role:deployer", BERT.id(), "1");
            CommandId id = bot.waiting(Bot.ANNA, "wait");
            assertThat(bot.answer(bot.word(BERT, "cancel", id))).contains("can be cancelled by anna");
            assertThat(bot.answer(bot.word(Bot.ANNA, "cancel", id))).startsWith("Withdrawn: ");
            assertThat(bot.story(id).state()).isEqualTo(Kind.WITHDRAWN);
        }
    }

    @Test
    void whatWaitsForItsTurnIsCancelledWithoutHavingRun() throws Exception {
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(20), 0))) {
            CommandId id = bot.admit(Bot.ANNA, "wait", Map.of(), "backend/staging");
            String answer = bot.answer(bot.word(Bot.ANNA, "cancel", id));

            assertThat(answer).startsWith("Cancelled: `wait` (" + id + "). Nothing was done.");
            assertThat(bot.awaitEnd(id).outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
            assertThat(project.state.resolve("runs/" + id + "/claimed")).doesNotExist();
        }
    }

    @Test
    void whatWaitsForTheAuditLogIsCancelledWithoutHavingRun() throws Exception {
        REDIS.tell("SET", "sb:audit:acked", "0");
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("wait", Map.of());
            bot.awaitState(id, Kind.DISPATCHED);
            bot.answer(bot.word(Bot.ANNA, "cancel", id));
            Bot.until(
                    () -> Files.exists(project.state.resolve("runs/" + id + "/cancelled")),
                    () -> "nobody asked for the end");
            everythingIsRecorded();
            Event.Finished end = bot.awaitEnd(id);

            assertThat(end.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(end.reason()).isEqualTo("cancelled by anna before anything was done");
            assertThat(project.state.resolve("runs/" + id + "/output.log")).isEmptyFile();
        }
    }

    private static Event.Started started(Story story) {
        return story.last(Event.Started.class).orElseThrow();
    }
}
