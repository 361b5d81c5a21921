package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Catalog;
import io.signalbox.chat.play.PlayAdapter;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoBlockedThreads.class)
class ChatStageIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @TempDir
    Path folder;

    private Vertx vertx;
    private Events events;
    private Brain brain;

    @BeforeEach
    void deploy() throws Exception {
        vertx = Vertx.vertx();
        events = new Events(vertx.eventBus());
        brain = REDIS.brain(vertx, events, Clock.systemUTC());
        await(vertx.deployVerticle(new ChatStage(
                events,
                brain,
                () -> new Catalog(Map.of(), Map.of(), ""),
                Clock.systemUTC(),
                Duration.ofMinutes(2),
                ZoneId.of("UTC"),
                List.of(new PlayAdapter(vertx, socket())))));
    }

    @AfterEach
    void end() throws Exception {
        await(vertx.close());
    }

    @Test
    void onlyItsOwnAccountMayOpenTheSocket() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsAddressedToTheBotBecomesARequestWithoutItsName() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            room.say("m1", "anna", "ops", "signalbox ping");
            room.await(line -> "m1".equals(line.getString("heard")));
            Event.Requested requested = requested();
            assertThat(requested.text()).isEqualTo("ping");
            assertThat(requested.by().id()).isEqualTo("play:anna");
            assertThat(requested.room().id()).isEqualTo("play:ops");
        }
    }

    @Test
    void aWholeFileIsCutToWhatCanBeRecorded() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            room.say("m1", "anna", "ops", "signalbox " + "x".repeat(3999) + "\uD83D\uDE00".repeat(100));
            room.await(line -> "m1".equals(line.getString("heard")));
            assertThat(requested().text()).isEqualTo("x".repeat(3999) + "…");
        }
    }

    @Test
    void talkBetweenPeopleIsNotRecorded() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            room.say("m1", "anna", "ops", "shall we deploy today?");
            room.await(line -> "m1".equals(line.getString("processed")));
            assertThat(await(brain.in(Kind.REQUESTED))).isEmpty();
        }
    }

    @Test
    void aMessageThatIsDeliveredAgainIsNotASecondRequest() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            for (int time = 0; time < 3; time++) {
                room.say("m1", "anna", "ops", "signalbox ping");
                room.await(line -> "m1".equals(line.getString("heard")));
            }
            assertThat(await(brain.in(Kind.REQUESTED))).hasSize(1);
        }
    }

    @Test
    void theEndOfACommandIsSaidOnceAndThenItIsProcessed() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            room.say("m1", "anna", "ops", "signalbox nonsense");
            room.await(line -> "m1".equals(line.getString("heard")));
            misunderstood(requested().id());
            JsonObject post = room.await(line -> line.containsKey("post")).getJsonObject("post");
            assertThat(post.getString("text")).isEqualTo("no such word\ntry help");
            assertThat(post.getBoolean("final")).isTrue();
            assertThat(post.getString("room")).isEqualTo("ops");
            room.await(line -> "m1".equals(line.getString("processed")));
            assertThat(await(brain.untold())).isEmpty();
        }
    }

    @Test
    void whatNobodyCouldHearIsSaidWhenSomebodyIsThereAgain() throws Exception {
        CommandId id;
        try (var room = new PlayedRoom(socket())) {
            room.say("m1", "anna", "ops", "signalbox nonsense");
            room.await(line -> "m1".equals(line.getString("heard")));
            id = requested().id();
        }
        misunderstood(id);
        try (var room = new PlayedRoom(socket())) {
            JsonObject post = room.await(line -> line.containsKey("post")).getJsonObject("post");
            assertThat(post.getString("text")).startsWith("no such word");
        }
    }

    @Test
    void withoutABrainItSaysThatNobodyKnowsWhetherItWasRecorded() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            REDIS.kill();
            room.say("m1", "anna", "ops", "signalbox deploy backend staging");
            JsonObject post = room.await(line -> line.containsKey("post")).getJsonObject("post");
            assertThat(post.getString("text"))
                    .contains("Redis", "may not have been recorded", "If it was, it begins", "`runs`");
            room.await(line -> "m1".equals(line.getString("processed")));
        }
    }

    @Test
    void aBrainThatRefusesIsNotSaidToBeAway() throws Exception {
        REDIS.tell("SET", "sb:outbox", "damaged");
        try (var room = new PlayedRoom(socket())) {
            room.say("m1", "anna", "ops", "signalbox deploy backend staging");
            JsonObject post = room.await(line -> line.containsKey("post")).getJsonObject("post");
            assertThat(post.getString("text"))
                    .contains("could not be recorded, so nothing is done", "damaged brain: sb:outbox")
                    .doesNotContain("does not answer");
            room.await(line -> "m1".equals(line.getString("processed")));
        }
    }

    @Test
    void aMalformedLineIsAnsweredAndTheNextOneIsHeard() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            room.write(new JsonObject().put("say", new JsonObject().put("id", "m1")));
            room.await(line -> line.containsKey("error"));
            room.say("m2", "anna", "ops", "signalbox ping");
            room.await(line -> "m2".equals(line.getString("heard")));
        }
    }

    @Test
    void itIsIdleWhenEverythingHandedInWasToldAndRests() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            room.say("m1", "anna", "ops", "signalbox nonsense");
            room.write(new JsonObject().put("settle", 1));
            room.await(line -> "m1".equals(line.getString("heard")));
            misunderstood(requested().id());
            room.await(line -> Integer.valueOf(1).equals(line.getInteger("idle")));
            assertThat(room.seen()).anyMatch(line -> line.containsKey("post"));
        }
    }

    private void misunderstood(CommandId id) throws Exception {
        await(brain.commit(Commit.of(
                new Event.Misunderstood(id, Clock.systemUTC().instant(), "no such word", List.of("try help")))));
    }

    private Event.Requested requested() throws Exception {
        CommandId id = await(brain.in(Kind.REQUESTED)).get(0);
        return await(brain.story(id)).orElseThrow().requested();
    }

    private Path socket() {
        return folder.resolve("play.sock");
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
