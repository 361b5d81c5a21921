package io.signalbox.about;

import static io.signalbox.fixture.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.bus.Room;
import io.signalbox.bus.Signal;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.catalog.CurrentCatalog;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoBlockedThreads.class)
class AboutStageIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Person ANNA = new Person("play:anna", "anna");
    private static final Room OPS = Room.of("play", "ops");
    private static final Plan PLAN =
            new Plan("0".repeat(64), "c0ffee", new TreeMap<>(), new TreeMap<>(), null, List.of(), List.of());

    @TempDir
    Path folder;

    private final List<Signal.Sayable> asked = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private Events events;
    private Brain brain;

    @BeforeEach
    void deploy() throws Exception {
        vertx = Vertx.vertx();
        events = new Events(vertx.eventBus());
        brain = REDIS.brain(vertx, events, InstantSource.fixed(NOW));
        write("say: go {environment}");
        result(events.answeringSayable(question -> {
                    asked.add(question);
                    return Future.succeededFuture(Set.of("ping"));
                })
                .completion());
        var catalog = new CurrentCatalog(new CatalogLoader(folder, List.of(folder.resolve("demo.yml"))));
        result(vertx.deployVerticle(new AboutStage(
                events,
                brain,
                InstantSource.fixed(NOW),
                catalog,
                words -> List.of("would do " + words),
                new Release("1.2.3", "abc1234", NOW.minusSeconds(90)),
                ZoneId.of("Europe/Berlin"))));
    }

    @AfterEach
    void end() throws Exception {
        result(vertx.close());
    }

    @Test
    void pingIsAnsweredWithPong() throws Exception {
        assertThat(answer("ping", Map.of())).isEqualTo("pong");
    }

    @Test
    void versionNamesReleaseCommitAndBegin() throws Exception {
        assertThat(answer("version", Map.of()))
                .isEqualTo("signalbox 1.2.3 (abc1234), up since 2026-11-01 12:58:30 Europe/Berlin");
    }

    @Test
    void helpShowsWhatTheGateLetsThisPersonSayInThisRoom() throws Exception {
        assertThat(answer("help", Map.of())).contains("ping").doesNotContain("go {environment}");
        assertThat(answer("help", Map.of("topic", "all"))).contains("go {environment} – Goes there. (deployer)");
        assertThat(asked).containsOnly(new Signal.Sayable(ANNA, OPS));
    }

    @Test
    void explainHandsTheWordsOn() throws Exception {
        assertThat(answer("explain", Map.of("words", "go here"))).isEqualTo("would do go here");
    }

    @Test
    void statusTellsThatNobodyRecords() throws Exception {
        assertThat(answer("status", Map.of()))
                .contains("up for 1 min", "brain (Redis): answers", "nobody is recording", "nothing is under way");
    }

    @Test
    void statusShowsWhatIsUnderWayAndWhichLockItHolds() throws Exception {
        result(brain.apply(new Fragment("test.open", """
                        return {
                            check = function(a) end,
                            write = function(a) redis.call('HSET', 'sb:audit:status', 'open', 'yes') end,
                        }
                        """), new JsonObject()));
        CommandId id = admitted("demo.go", Map.of("environment", "here"), "demo/here");
        result(brain.commit(Commit.of(new Event.Dispatched(id, NOW, List.of("true"), "runs/" + id, null))));
        result(brain.commit(Commit.of(new Event.Started(id, NOW, 1, 1, "boot"))));
        assertThat(answer("status", Map.of()))
                .contains("audit log (Kafka): records", id + " demo.go (anna) is running", "holds demo/here");
        assertThat(answer("where", Map.of())).startsWith("here: " + id).contains("there: free");
    }

    @Test
    void statusShowsWhatWaitsForItsTurnAndEveryLockThatIsHeld() throws Exception {
        CommandId id = admitted("demo.go", Map.of("environment", "here"), "demo/here", PLAN);
        REDIS.tell("SADD", "sb:locks", "demo/there");
        REDIS.tell(
                "HSET",
                "sb:lock:demo/there",
                "command",
                "k7m3ab",
                "person",
                "play:bert",
                "personName",
                "bert",
                "what",
                "go there",
                "since",
                Long.toString(NOW.minusSeconds(7200).toEpochMilli()));
        assertThat(answer("status", Map.of()))
                .contains(id + " demo.go (anna) waits for its turn")
                .endsWith("locks:\n  demo/there is held by k7m3ab (go there, bert, since 2 h)");
        REDIS.tell("DEL", "sb:locks");
        assertThat(answer("status", Map.of())).endsWith("no lock is held");
    }

    @Test
    void aLockThatIsFreedWhileItIsReadIsHeldByNobody() throws Exception {
        REDIS.tell("SADD", "sb:locks", "demo/there");
        assertThat(answer("status", Map.of())).endsWith("no lock is held");
    }

    @Test
    void whereLooksAtTheEnvironmentAlone() throws Exception {
        admitted("demo.go", Map.of("environment", "here", "ref", "there"), null, PLAN);
        assertThat(answer("where", Map.of()))
                .contains("here: ", "waits for its turn")
                .endsWith("there: free");
    }

    @Test
    void whereTellsWhatPeopleKeepLockedOrFrozenThere() throws Exception {
        REDIS.tell("SADD", "sb:holds", "demo/there", "other/here", "demo/here");
        hold("demo/there", NOW.plusSeconds(1800));
        hold("demo/here", NOW);
        hold("other/here", NOW.plusSeconds(1800));
        assertThat(answer("where", Map.of()))
                .isEqualTo("here: free\nthere: demo/there is locked by bert (since 2 h, for 30 min more): migration");
        REDIS.tell(
                "HSET",
                "sb:freezes",
                "everything",
                new JsonObject()
                        .put("command", "k7m3ab")
                        .put("person", "play:olga")
                        .put("personName", "olga")
                        .put("since", NOW.minusSeconds(60).toEpochMilli())
                        .put("reason", "stocktaking")
                        .encode());
        String frozen = "everything is frozen by olga (since 1 min): stocktaking";
        assertThat(answer("where", Map.of("app", "demo")))
                .startsWith("here: " + frozen + "\nthere: demo/there is locked by bert")
                .endsWith("; " + frozen);
    }

    private static void hold(String lock, Instant until) {
        REDIS.tell(
                "HSET",
                "sb:hold:" + lock,
                "command",
                "k7m3ab",
                "person",
                "play:bert",
                "personName",
                "bert",
                "since",
                Long.toString(NOW.minusSeconds(7200).toEpochMilli()),
                "until",
                Long.toString(until.toEpochMilli()),
                "reason",
                "migration");
    }

    @Test
    void whereToldAnAppLooksAtItsCommandsAlone() throws Exception {
        admitted("other.go", Map.of("environment", "here"), null, PLAN);
        assertThat(answer("where", Map.of("app", "demo"))).isEqualTo("here: free\nthere: free");
        assertThat(answer("where", Map.of("app", "frontend")))
                .isEqualTo("The catalog has no commands for 'frontend', only for demo.");
    }

    @Test
    void aWordThatFailsIsRefusedWithTheReason() throws Exception {
        REDIS.tell("SET", "sb:audit:status", "no hash");
        Promise<Event> refused = Promise.promise();
        result(events.on(Kind.REFUSED, refused::tryComplete).completion());
        admitted("status", Map.of(), null);
        assertThat(((Event.Refused) result(refused.future())).reason())
                .startsWith("This could not be answered: WRONGTYPE");
    }

    @Test
    void aCatalogWithMistakesDoesNotReplaceTheOldOne() throws Exception {
        write("say: go {nowhere}");
        assertThat(answer("reload", Map.of())).contains("stays as it was", "nowhere");
        assertThat(answer("help", Map.of("topic", "go"))).contains("go {environment}");
        write("say: walk {environment}");
        assertThat(answer("reload", Map.of())).contains("was read again");
        assertThat(answer("help", Map.of("topic", "go"))).contains("walk {environment}");
    }

    @Test
    void onlyThreeWordsAreAnsweredWithoutABrain() throws Exception {
        for (String word : List.of("ping", "Help", "status")) {
            assertThat(result(events.ask(new Signal.Unrecorded(ANNA, OPS, word))))
                    .contains("this was not recorded");
        }
        assertThat(result(events.ask(new Signal.Unrecorded(ANNA, OPS, "go here"))))
                .isNull();
    }

    private String answer(String command, Map<String, String> arguments) throws Exception {
        Promise<Event> answered = Promise.promise();
        var consumer = events.on(Kind.ANSWERED, answered::tryComplete);
        admitted(command, arguments, null);
        String text = ((Event.Answered) result(answered.future())).text();
        result(consumer.unregister());
        return text;
    }

    private CommandId admitted(String command, Map<String, String> arguments, @Nullable String lock) throws Exception {
        return admitted(command, arguments, lock, null);
    }

    private CommandId admitted(
            String command, Map<String, String> arguments, @Nullable String lock, @Nullable Plan plan)
            throws Exception {
        CommandId id = CommandId.fresh();
        result(brain.commit(Commit.of(
                new Event.Requested(id, NOW, ANNA, OPS, "m-" + id, command),
                new Event.Understood(id, NOW, new Instruction(command, command, arguments)),
                new Event.Admitted(id, NOW, plan, lock))));
        return id;
    }

    private void write(String say) throws Exception {
        Files.writeString(folder.resolve("demo.yml"), """
                arguments:
                  environment: {one of: [here, there]}
                commands:
                  demo.go:
                    %s
                    help: Goes there.
                    risk: change
                    roles: [deployer]
                    lock: demo/{environment}
                    timeout: 1m
                    run: {program: ["true"]}
                """.formatted(say));
    }
}
