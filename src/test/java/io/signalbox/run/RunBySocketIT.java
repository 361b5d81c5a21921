package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose wrapper is started by something else, behind a socket. */
class RunBySocketIT extends RecordedRuns {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private final Path home;
    private final Path socket;
    private final Path open;
    private final Path effect;
    private final List<Desk> desks = new ArrayList<>();

    RunBySocketIT(@TempDir Path home) throws IOException {
        super(REDIS, home);
        this.home = home;
        socket = home.resolve("run.sock");
        open = home.resolve("open");
        effect = home.resolve("effect");
        project.program("touch", "/usr/bin/python3", "-c", """
                import os, sys
                os.write(os.open(sys.argv[1], os.O_CREAT | os.O_APPEND | os.O_WRONLY), b'ran\\n')
                """, effect.toString());
    }

    @BeforeEach
    void theDeskIsOpen() throws IOException {
        Files.createFile(open);
    }

    @AfterEach
    void theDesksAreClosed() {
        desks.forEach(Desk::close);
    }

    @Test
    void aRunBySocketIsLikeOneThatTheBotStarted() throws Exception {
        CommandId detached;
        try (Bot bot = new Bot(REDIS, project)) {
            detached = bot.admit("touch", Map.of());
            assertThat(bot.awaitEnd(detached).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
        desk();
        try (Bot bot = bot(20)) {
            CommandId id = bot.admit(Bot.ANNA, "touch", Map.of(), "backend/staging");
            Event.Finished end = bot.awaitEnd(id);

            assertThat(end.outcome()).as(end.toString()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(effect).hasContent("ran\nran");
            assertThat(bot.story(id).events().stream().map(Event::kind))
                    .endsWith(Kind.ADMITTED, Kind.DISPATCHED, Kind.STARTED, Kind.FINISHED);
            assertThat(files(id)).isEqualTo(files(detached));
            assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
        }
    }

    @Test
    void itIsNoChildOfTheBotAndIsFollowedByTheNextOne() throws Exception {
        desk();
        CommandId id;
        try (Bot bot = bot(20)) {
            id = bot.admit("wait", Map.of());
            Event.Started started =
                    (Event.Started) bot.awaitState(id, Kind.STARTED).last();
            ProcessHandle wrapper =
                    ProcessHandle.of(started.pid()).orElseThrow().parent().orElseThrow();
            String starter = wrapper.parent().orElseThrow().info().commandLine().orElse("");
            assertThat(starter).contains(socket.toString());
        }
        Files.createFile(gate);
        try (Bot next = bot(20)) {
            assertThat(next.awaitEnd(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    @Test
    void itIsCancelledLikeAnyOther() throws Exception {
        desk();
        try (Bot bot = bot(20)) {
            CommandId id = bot.admit("wait", Map.of());
            bot.awaitState(id, Kind.STARTED);
            bot.word(Bot.ANNA, "cancel", id);
            assertThat(bot.awaitEnd(id).reason()).isEqualTo("cancelled by anna");
        }
    }

    @Test
    void withoutTheSocketItIsNotStartedAndTheReasonIsTold() throws Exception {
        try (Bot bot = bot(1)) {
            Event.Finished end = bot.awaitEnd(bot.admit(Bot.ANNA, "touch", Map.of(), "backend/staging"));

            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason())
                    .contains("it was not started in time, since starting failed: the socket " + socket)
                    .contains("which the setting 'run.socket' names, cannot be reached");
            assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
        }
        assertThat(effect).doesNotExist();
    }

    @Test
    void aSocketThatIsBackInTimeStartsTheRunOnce() throws Exception {
        try (Bot bot = bot(20)) {
            CommandId id = bot.admit("touch", Map.of());
            bot.awaitState(id, Kind.DISPATCHED);
            // The first attempt has long failed; the sweep makes another one every two seconds.
            Bot.await(bot.vertx.timer(500));
            desk();
            assertThat(bot.awaitEnd(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
        assertThat(effect).hasContent("ran");
    }

    @Test
    void aWrapperThatRefusesIsBelievedAtOnce() throws Exception {
        desks.add(Desk.of(socket, open, home.resolve("other/runs")));
        try (Bot bot = bot(60)) {
            Event.Finished end = bot.awaitEnd(bot.admit("touch", Map.of()));

            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason())
                    .contains(
                            "the program that starts runs refused: ", "does not lie in " + home.resolve("other/runs"));
        }
        assertThat(effect).doesNotExist();
    }

    @Test
    void whatTheSocketStartsTooLateStartsNothing() throws Exception {
        Files.delete(open);
        desk();
        try (Bot bot = bot(1)) {
            CommandId id = bot.admit("touch", Map.of());
            Event.Finished end = bot.awaitEnd(id);
            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason()).contains("did not answer within 5 seconds");

            Files.createFile(open);
            Path log = runs().resolve(id.value()).resolve("wrapper.log");
            Bot.until(() -> Files.exists(log), () -> "the order that hung was never carried out");
            // One more goes through the desk behind all that hung, so those are done.
            CommandId next = bot.admit("wait", Map.of());
            bot.awaitState(next, Kind.STARTED);
            Files.createFile(gate);
            bot.awaitEnd(next);
        }
        assertThat(effect).doesNotExist();
    }

    @Test
    void anAnswerThatIsNoneIsToldAsSuch() throws Exception {
        Map<String, String> told = Map.of("", "gave no answer", "what?\n", "cannot be read");
        for (String answer : told.keySet()) {
            String program = "import os, sys; os.write(0, sys.argv[1].encode())";
            desks.add(Desk.starting(socket, open, "/usr/bin/python3", "-c", program, answer));
            try (Bot bot = bot(1)) {
                assertThat(bot.awaitEnd(bot.admit("touch", Map.of())).reason()).contains(told.get(answer));
            }
            Files.delete(socket);
        }
        assertThat(effect).doesNotExist();
    }

    private void desk() {
        desks.add(Desk.of(socket, open, runs()));
    }

    private Bot bot(int seconds) {
        RunConduct conduct = RunConduct.standard().by(socket);
        return new Bot(REDIS, project, project.rules(Duration.ofSeconds(seconds), conduct));
    }

    private Path runs() {
        return project.state.resolve("runs");
    }

    private List<String> files(CommandId id) throws IOException {
        try (Stream<Path> files = Files.list(runs().resolve(id.value()))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
