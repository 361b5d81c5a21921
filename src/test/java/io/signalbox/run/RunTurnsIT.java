package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.config.RunConduct;
import io.signalbox.fixture.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How many runs are under way at once, and who is next. */
class RunTurnsIT extends RecordedRuns {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private final Path effect;

    RunTurnsIT(@TempDir Path home) throws IOException {
        super(REDIS, home);
        effect = home.resolve("effect");
        project.program("touch", "/usr/bin/touch", effect.toString());
    }

    @Test
    void neverMoreThanTheLimitAreUnderWay() throws Exception {
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(20), 1))) {
            CommandId first = bot.admit("wait", Map.of());
            bot.awaitState(first, Kind.STARTED);
            CommandId second = bot.admit("touch", Map.of());
            Bot.await(bot.vertx.timer(500));
            assertThat(bot.story(second).state()).isEqualTo(Kind.ADMITTED);
            assertThat(folder(second)).as("written while it only waits").doesNotExist();
            assertThat(bot.answer(bot.admit("bot.runs", Map.of())))
                    .contains(second + " `touch` by anna, for 0:0")
                    .contains(", waits for its turn, place 1: no more than 1 runs are under way at once")
                    .contains(first + " `wait` by anna, for 0:0");
            Files.createFile(gate);
            assertThat(bot.awaitEnd(first).outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(bot.awaitEnd(second).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    @Test
    void whoWaitsIsToldWhyAndWhoCameFirstIsNext() throws Exception {
        project.program("say", "/usr/bin/python3", "-c", """
                import os, sys
                os.write(os.open(sys.argv[1], os.O_CREAT | os.O_APPEND | os.O_WRONLY), (sys.argv[2] + '\\n').encode())
                """, effect.toString(), "{number}");
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(20), 1))) {
            CommandId first = bot.admit("wait", Map.of());
            bot.awaitState(first, Kind.STARTED);
            List<CommandId> waiting = IntStream.range(0, 5)
                    .mapToObj(number -> bot.admit("say", Map.of("number", Integer.toString(number))))
                    .toList();
            CommandId last = waiting.get(4);
            String reason = "place 5: no more than 1 runs are under way at once";
            Bot.until(
                    () -> reason.equals(bot.story(last).marks().get("waits")),
                    () -> "it is told " + bot.story(last).marks());
            assertThat(Double.parseDouble(REDIS.tell("ZSCORE", "sb:untold", last.value())))
                    .isEqualTo(bot.story(last).news())
                    .isStrictlyBetween(
                            (double) bot.story(last).sequence(), bot.story(last).sequence() + 1.0);
            Files.createFile(gate);
            waiting.forEach(bot::awaitEnd);
            assertThat(effect).hasContent("0\n1\n2\n3\n4");
        }
    }

    @Test
    void aFullEnvironmentKeepsNobodyFromAnotherOne() throws Exception {
        RunRules rules =
                project.rules(Duration.ofSeconds(20), RunConduct.standard().atOnce(8, 1));
        try (Bot bot = new Bot(REDIS, project, rules)) {
            CommandId first = bot.admit("wait", Map.of("environment", "production"));
            bot.awaitState(first, Kind.STARTED);
            CommandId second = bot.admit("touch", Map.of("environment", "production"));
            CommandId other = bot.admit("touch", Map.of("environment", "staging"));
            assertThat(bot.awaitEnd(other).outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(bot.story(second).state()).isEqualTo(Kind.ADMITTED);
            Bot.until(
                    () -> bot.story(second)
                            .marks()
                            .getOrDefault("waits", "")
                            .endsWith("at once in one environment, as in production"),
                    () -> "it is told " + bot.story(second).marks());
            Files.createFile(gate);
            assertThat(bot.awaitEnd(second).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    private Path folder(CommandId id) {
        return project.state.resolve("runs").resolve(id.value());
    }
}
