package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Room;
import io.signalbox.config.RunConduct;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.signalbox.runner.Invocation;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FolderCareIT {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private static final int PRINTED = 10_000;

    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    final NoBlockedThreads threads = new NoBlockedThreads();

    private final Vertx vertx = Vertx.vertx();
    private final Project project;
    private final RunFolders folders;

    FolderCareIT(@TempDir Path home) throws IOException {
        project = new Project(home);
        folders = new RunFolders(vertx, project.workplace(), project.rules(Duration.ofSeconds(5), 8));
    }

    @AfterEach
    void end() {
        Bot.await(vertx.close());
    }

    @Test
    void onlyWhatIsOldAndOverAndDeadIsRemoved() throws Exception {
        Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), CLOCK);
        CommandId forgotten = folder(NOW.minus(Duration.ofDays(91)));
        CommandId young = folder(NOW.minus(Duration.ofDays(89)));
        CommandId known = folder(NOW.minus(Duration.ofDays(91)));
        CommandId living = folder(NOW.minus(Duration.ofDays(91)));
        Bot.await(brain.commit(
                Commit.of(new Event.Requested(known, NOW, Bot.ANNA, Room.of("play", "ops"), "m1", "deploy"))));
        claim(living);
        age(living, NOW.minus(Duration.ofDays(91)));

        Bot.await(new FolderCare(vertx, brain, CLOCK, folders, RunConduct.standard()).tidy());

        assertThat(folders.of(forgotten)).doesNotExist();
        assertThat(List.of(folders.of(young), folders.of(known), folders.of(living)))
                .allSatisfy(folder -> assertThat(folder).exists());
    }

    @Test
    void theOldestGoFirstWhereAllTogetherHoldTooMuch() throws Exception {
        Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), CLOCK);
        List<CommandId> ended = new ArrayList<>();
        for (int hours : List.of(50, 40, 30, 20)) {
            ended.add(printed(NOW.minus(Duration.ofHours(hours))));
        }
        CommandId living = printed(NOW.minus(Duration.ofHours(60)));
        claim(living);
        age(living, NOW.minus(Duration.ofHours(60)));
        CommandId waiting = printed(NOW.minus(Duration.ofHours(60)));
        Bot.await(brain.commit(
                Commit.of(new Event.Requested(waiting, NOW, Bot.ANNA, Room.of("play", "ops"), "m1", "deploy"))));

        RunConduct conduct = RunConduct.standard().keeping(Duration.ofDays(90), 2 * PRINTED);
        Bot.await(new FolderCare(vertx, brain, CLOCK, folders, conduct).tidy());

        assertThat(ended.subList(0, 2))
                .allSatisfy(id -> assertThat(folders.of(id)).doesNotExist());
        assertThat(ended.subList(2, 4))
                .allSatisfy(id -> assertThat(folders.of(id)).exists());
        assertThat(List.of(folders.of(living), folders.of(waiting)))
                .allSatisfy(folder -> assertThat(folder).exists());
    }

    @Test
    void whatEndedJustNowStaysHoweverLargeItIs() throws Exception {
        Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), CLOCK);
        CommandId old = printed(NOW.minus(Duration.ofMinutes(61)));
        CommandId young = printed(NOW.minus(Duration.ofMinutes(59)));

        Bot.await(new FolderCare(
                        vertx, brain, CLOCK, folders, RunConduct.standard().keeping(Duration.ofDays(90), 1))
                .tidy());

        assertThat(folders.of(old)).doesNotExist();
        assertThat(folders.of(young)).exists();
    }

    @Test
    void oneThatCannotBeReadStaysAndKeepsNoOther() throws Exception {
        Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), CLOCK);
        CommandId damaged = folder(NOW);
        Files.writeString(folders.of(damaged).resolve("claimed"), "{\"by\"");
        age(damaged, NOW.minus(Duration.ofDays(91)));
        CommandId later = folder(NOW.minus(Duration.ofDays(91)));
        REDIS.tell("RPUSH", "sb:story:" + later, "{}");
        CommandId forgotten = folder(NOW.minus(Duration.ofDays(91)));

        Bot.await(new FolderCare(vertx, brain, CLOCK, folders, RunConduct.standard()).tidy());

        assertThat(folders.of(forgotten)).doesNotExist();
        assertThat(folders.of(damaged)).exists();
        assertThat(folders.of(later)).exists();
    }

    @Test
    void noRunIsPreparedWhereOneWasBegunBefore() throws Exception {
        CommandId id = folder(NOW);
        Files.writeString(folders.of(id).resolve("claimed"), "{}");
        Invocation invocation = new Invocation(List.of("true"), Map.of(), Map.of(), project.folder, Map.of());

        assertThatThrownBy(() -> Bot.await(folders.write(id, invocation, null, Duration.ofMinutes(1))))
                .rootCause()
                .hasMessageContaining("a run was begun in " + folders.of(id));
        assertThat(folders.of(id).resolve("plan.json")).doesNotExist();
    }

    private CommandId printed(Instant changed) throws IOException {
        CommandId id = folder(changed);
        Files.write(folders.of(id).resolve("output.log"), new byte[PRINTED]);
        age(id, changed);
        return id;
    }

    private CommandId folder(Instant changed) throws IOException {
        CommandId id = CommandId.fresh();
        Files.createDirectories(folders.of(id));
        age(id, changed);
        return id;
    }

    private void age(CommandId id, Instant changed) throws IOException {
        Files.setLastModifiedTime(folders.of(id), FileTime.from(changed));
    }

    /** By this very process, which lives. */
    private void claim(CommandId id) throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        JsonObject claimed = new JsonObject()
                .put("by", "wrapper")
                .put("pid", ProcessHandle.current().pid())
                .put("start", Long.parseLong(fields[19]))
                .put(
                        "boot",
                        Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                                .strip());
        Files.writeString(folders.of(id).resolve("claimed"), claimed.encode());
    }
}
