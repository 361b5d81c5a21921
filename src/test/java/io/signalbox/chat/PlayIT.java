package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.bus.Signal;
import io.signalbox.catalog.Catalog;
import io.signalbox.chat.play.PlayAdapter;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.Logged;
import io.signalbox.fixture.NoBlockedThreads;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Players that do not behave, and what a player says beside words. */
@ExtendWith(NoBlockedThreads.class)
@Timeout(60)
class PlayIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx.eventBus());
    private Brain brain;

    @BeforeEach
    void deploy() {
        brain = REDIS.brain(vertx, events, Clock.systemUTC());
        Eventually.result(vertx.deployVerticle(new ChatStage(
                events,
                brain,
                () -> new Catalog(Map.of(), Map.of(), ""),
                Clock.systemUTC(),
                Duration.ofMinutes(2),
                ZoneId.of("UTC"),
                List.of(new PlayAdapter(vertx, socket())))));
    }

    @AfterEach
    void end() {
        Eventually.result(vertx.close());
    }

    @Test
    void aSuspendedPlayerSilencesNobody() throws Exception {
        try (var suspended = suspended();
                var room = new PlayedRoom(socket())) {
            Set<String> awaited = new HashSet<>(muchIsAnswered());
            while (!awaited.isEmpty()) {
                awaited.remove(room.await(line -> line.containsKey("post"))
                        .getJsonObject("post")
                        .getString("id"));
            }
            everythingIsTold();
            assertThat(suspended.isOpen()).isTrue();
        }
    }

    @Test
    void whatASuspendedPlayerDidNotTakeIsToldToTheNextAndItMayComeAgain() throws Exception {
        try (var log = new Logged(PlayAdapter.class);
                var suspended = suspended()) {
            muchIsAnswered();
            Eventually.until("it is sent away", LIMIT, () -> log.count(Level.WARN) == 1);
            assertThat(Eventually.result(brain.untold())).isNotEmpty();
            try (var room = new PlayedRoom(socket())) {
                room.await(line -> line.containsKey("post"));
                everythingIsTold();
            }
            assertThatItEnds(suspended);
        }
    }

    @Test
    void aBotEndsWhileAPlayerIsSuspended() throws Exception {
        try (var suspended = suspended()) {
            muchIsAnswered();
            Eventually.result(vertx.close());
            assertThat(suspended.isOpen()).isTrue();
        }
    }

    private void everythingIsTold() throws Exception {
        Eventually.until(
                "everything is told",
                LIMIT,
                () -> Eventually.result(brain.untold()).isEmpty());
    }

    /** The test's time limit is the one of this. */
    private static void assertThatItEnds(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (channel.read(buffer) >= 0) {
            buffer.clear();
        }
    }

    @Test
    void aLineThatLacksSomethingIsRefusedWithItsName() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            for (String missing : List.of("id", "person", "room", "text")) {
                room.write(new JsonObject().put("say", without(missing)));
                assertThat(room.await(line -> line.containsKey("error")).getString("error"))
                        .contains("has no '" + missing + "'");
            }
            room.say("m2", "anna", "ops", "signalbox ping");
            room.await(line -> "m2".equals(line.getString("heard")));
            assertThat(REDIS.tell("EXISTS", "sb:chat:heard:play:null")).isEqualTo("0");
        }
    }

    @Test
    void membersAreThoseWhomAPlayerNamesAndThoseWhoSpeak() throws Exception {
        try (var room = new PlayedRoom(socket())) {
            assertThat(isMember("play:dora")).isFalse();
            room.write(new JsonObject().put("hello", new JsonObject().put("people", new JsonArray().add("dora"))));
            room.say("m1", "anna", "ops", "good morning");
            room.await(line -> "m1".equals(line.getString("processed")));
            assertThat(isMember("play:dora")).isTrue();
            assertThat(isMember("play:anna")).isTrue();
            assertThat(isMember("play:nobody")).isFalse();
            assertThat(isMember("console:dora")).isFalse();
        }
    }

    private boolean isMember(String person) {
        return Eventually.result(events.ask(new Signal.Membership(person)));
    }

    private static JsonObject without(String key) {
        JsonObject say = new JsonObject()
                .put("id", "m1")
                .put("person", "anna")
                .put("room", "ops")
                .put("text", "signalbox ping");
        say.remove(key);
        return say;
    }

    /** Far more than a socket holds; the keys of the messages. */
    private List<String> muchIsAnswered() {
        List<String> ids = new ArrayList<>();
        for (int index = 0; index < 20; index++) {
            CommandId id = CommandId.fresh();
            Eventually.result(brain.commit(Commit.of(
                    new Event.Requested(
                            id, AT, new Person("play:anna", "anna"), Room.of("play", "ops"), "m" + index, "words"),
                    new Event.Misunderstood(id, AT, "x".repeat(100_000), List.of()))));
            ids.add(id + "/end");
        }
        return ids;
    }

    /** As a terminal that was stopped with Ctrl-Z. */
    private SocketChannel suspended() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket()));
        return channel;
    }

    private Path socket() {
        return folder.resolve("play.sock");
    }
}
