package io.signalbox.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.catalog.CurrentCatalog;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CommandStageIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    final NoBlockedThreads noBlockedThreads = new NoBlockedThreads();

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Person ANNA = new Person("play:anna", "anna");

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx.eventBus());
    private final Brain brain = REDIS.brain(vertx, events, InstantSource.fixed(NOW));
    private Path file;
    private CurrentCatalog catalog;

    @BeforeEach
    void aCatalog(@TempDir Path folder) throws IOException, BadCatalog {
        Files.createDirectories(folder.resolve("playbooks"));
        Files.createDirectories(folder.resolve("inventory/staging"));
        Files.writeString(folder.resolve("playbooks/deploy.yml"), "[]\n");
        file = folder.resolve("own.yml");
        write("deploy");
        catalog = new CurrentCatalog(new CatalogLoader(folder, List.of(file)));
    }

    @AfterEach
    void close() {
        Eventually.result(vertx.close());
    }

    @Test
    void understandsWhatIsSaid() throws Exception {
        deploy();
        Story story = await(say("Deploy backend to STAGING"));
        assertThat(story.state()).isEqualTo(Kind.UNDERSTOOD);
        assertThat(story.instruction().command()).isEqualTo("one");
        assertThat(story.instruction().canonical()).isEqualTo("deploy backend staging");
        assertThat(story.instruction().arguments()).isEqualTo(Map.of("environment", "staging"));
        assertThat(story.last().at()).isEqualTo(NOW);
    }

    @Test
    void endsWhatIsNot() throws Exception {
        deploy();
        Story story = await(say("deploy backend to mars"));
        assertThat(story.last())
                .isEqualTo(new Event.Misunderstood(
                        story.id(),
                        NOW,
                        "There is no environment 'mars': staging.",
                        List.of("`deploy backend [to] {environment}`  Stages it.")));
    }

    @Test
    void takesUpWhatWasSaidWhileItWasNotThere() throws Exception {
        CommandId before = say("deploy backend staging");
        deploy();
        assertThat(await(before).state()).isEqualTo(Kind.UNDERSTOOD);
    }

    @Test
    void goesByTheCatalogThatIsInUse() throws Exception {
        deploy();
        write("stage");
        catalog.reload();
        assertThat(await(say("stage backend staging")).state()).isEqualTo(Kind.UNDERSTOOD);
        assertThat(await(say("deploy backend staging")).state()).isEqualTo(Kind.MISUNDERSTOOD);
    }

    @Test
    void anotherOneBesideItDoesNoHarm() throws Exception {
        deploy();
        deploy();
        Story story = await(say("deploy backend staging"));
        assertThat(story.events()).extracting(Event::kind).containsExactly(Kind.REQUESTED, Kind.UNDERSTOOD);
        assertThat(REDIS.tell("LLEN", "sb:story:" + story.id())).isEqualTo("2");
    }

    private void write(String verb) throws IOException {
        Files.writeString(file, """
                arguments:
                  environment: {one of: [staging]}
                commands:
                  one:
                    say: %s backend [to] {environment}
                    help: Stages it.
                    risk: change
                    roles: [deployer]
                    timeout: 5m
                    run: {playbook: deploy.yml}
                """.formatted(verb));
    }

    private void deploy() {
        Eventually.result(vertx.deployVerticle(
                new CommandStage(events, brain, InstantSource.fixed(NOW), catalog, ZoneId.of("UTC"))));
    }

    private CommandId say(String text) {
        CommandId id = CommandId.fresh();
        Eventually.result(
                brain.commit(Commit.of(new Event.Requested(id, NOW, ANNA, Room.of("play", "ops"), "m-" + id, text))));
        return id;
    }

    private Story await(CommandId id) throws Exception {
        Eventually.until(
                "the command " + id + " is interpreted", LIMIT, () -> story(id).state() != Kind.REQUESTED);
        return story(id);
    }

    private Story story(CommandId id) {
        return Eventually.result(brain.story(id)).orElseThrow();
    }
}
