package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What was admitted and waits: only what was meant, and only while it is still meant. */
class RunWaitsIT extends RecordedRuns {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private final Path effect;

    RunWaitsIT(@TempDir Path home) throws IOException {
        super(REDIS, home);
        effect = home.resolve("effect");
        project.program("touch", "/usr/bin/touch", effect.toString());
    }

    @Test
    void whatWasAdmittedUnderAnotherCatalogIsNotStarted() throws Exception {
        CommandId id;
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(20), 0))) {
            id = bot.admit("touch", Map.of());
        }
        project.editCatalog();
        try (Bot next = new Bot(REDIS, project)) {
            expectChanged(next.awaitEnd(id));
        }
        assertThat(effect).doesNotExist();
    }

    @Test
    void whatWaitsForItsTurnIsNotStartedUnderACatalogThatWasReadAgain() throws Exception {
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(20), 0))) {
            CommandId id = bot.admit("touch", Map.of());
            project.editCatalog();
            expectChanged(bot.awaitEnd(id));
        }
        assertThat(effect).doesNotExist();
    }

    @Test
    void anEditedPlaybookDoesNotMatterSinceTheRunUsesItsCopy() throws Exception {
        CommandId id;
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(20), 0))) {
            id = bot.admit("touch", Map.of());
        }
        Files.writeString(project.folder.resolve("playbooks/new.yml"), "[]");
        try (Bot next = new Bot(REDIS, project)) {
            assertThat(next.awaitEnd(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    @Test
    void aProgramOfTheProjectIsRunFromItsCopy() throws Exception {
        Path own = Files.createDirectories(project.folder.resolve("programs")).resolve("own");
        Files.writeString(own, "#!/usr/bin/python3\nimport sys\nopen(sys.argv[1], 'w').write(__file__)\n");
        assertThat(own.toFile().setExecutable(true)).isTrue();
        project.program("own", "programs/own", effect.toString());
        CommandId id;
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(20), 0))) {
            id = bot.admit("own", Map.of());
        }
        Files.delete(own);
        try (Bot next = new Bot(REDIS, project)) {
            assertThat(next.awaitEnd(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
        assertThat(effect).content().endsWith("programs/own");
    }

    @Test
    void whatWasAdmittedHoursAgoIsNotStartedWhenTheBotIsBack() throws Exception {
        CommandId id;
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(20), 0))) {
            Instant hoursAgo = Instant.now().minus(Duration.ofHours(3));
            id = bot.admit(Bot.ANNA, "touch", Map.of(), "backend/staging", hoursAgo);
        }
        try (Bot next = new Bot(REDIS, project)) {
            Event.Finished end = next.awaitEnd(id);
            assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
            assertThat(end.reason()).contains("it was admitted at", "the bot was away", "say it again");
        }
        assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
        assertThat(effect).doesNotExist();
    }

    @Test
    void whatWasAdmittedAMomentAgoIsStartedWhenTheBotIsBack() throws Exception {
        CommandId id;
        try (Bot bot = new Bot(REDIS, project, project.rules(Duration.ofSeconds(20), 0))) {
            id = bot.admit("touch", Map.of());
            assertThat(bot.story(id).state()).isEqualTo(Kind.ADMITTED);
        }
        try (Bot next = new Bot(REDIS, project)) {
            assertThat(next.awaitEnd(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
        }
    }

    private static void expectChanged(Event.Finished end) {
        assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
        assertThat(end.reason()).isEqualTo("the catalog has changed since it was admitted; say it again");
    }
}
