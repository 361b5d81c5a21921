package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Keys;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What was admitted and waited for the bot does not lose its time to an audit log that is not open yet. */
class RunSettlesIT extends RecordedRuns {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    RunSettlesIT(@TempDir Path home) throws IOException {
        super(REDIS, home);
    }

    @BeforeEach
    void nothingIsWaitedFor() throws IOException {
        Files.createFile(gate);
    }

    @Test
    void dispatchesNothingBeforeTheAuditLogIsOpenedAnew() throws Exception {
        auditLogWasOpen(Instant.now().minusSeconds(2));
        try (Bot bot = new Bot(REDIS, project, settling(Duration.ofSeconds(60)))) {
            CommandId id = bot.admit("wait", Map.of());
            Bot.await(bot.vertx.timer(700));
            assertThat(bot.story(id).state()).isEqualTo(Kind.ADMITTED);

            auditLogWasOpen(Instant.now());

            assertThat(bot.awaitEnd(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    @Test
    void aLogThatDoesNotOpenIsNotWaitedForLong() throws Exception {
        try (Bot bot = new Bot(REDIS, project, settling(Duration.ofSeconds(1)))) {
            assertThat(bot.awaitEnd(bot.admit("wait", Map.of())).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    private RunRules settling(Duration most) {
        RunRules rules = project.rules(Duration.ofSeconds(5), 8);
        return new RunRules(
                rules.python(),
                rules.wrapper(),
                rules.home(),
                rules.conduct(),
                most,
                rules.acknowledgement(),
                rules.grace());
    }

    private static void auditLogWasOpen(Instant at) {
        REDIS.tell("HSET", Keys.AUDIT_STATUS, "open", "yes", "at", Long.toString(at.toEpochMilli()));
    }
}
