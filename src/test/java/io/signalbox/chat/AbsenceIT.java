package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was said while nobody heard is told, and not done. */
class AbsenceIT extends Listening {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    AbsenceIT() {
        super(REDIS);
    }

    @Test
    void theRoomIsToldInOneMessageWhatWasNotRun() throws Exception {
        try (var room = chat.room()) {
            room.say("m1", "anna", "ops", "signalbox deploy backend to production", minutesAgo(14));
            room.say("m2", "bert", "ops", "signalbox ping", minutesAgo(9));
            room.say("m3", "bert", "lab", "signalbox ping", minutesAgo(3));
            room.say("m4", "anna", "ops", "shall we deploy?", minutesAgo(5));

            JsonObject ops = postIn(room, "ops");
            assertThat(ops.getString("text"))
                    .startsWith("away 14 min; 2 commands were not run:")
                    .contains("anna, ", "`deploy backend to production`", "bert, ", "`ping`", "said again");
            assertThat(ops.getJsonArray("mentions")).containsExactly("anna", "bert");
            room.write(new JsonObject().put("settle", 1));
            room.await(line -> line.containsKey("idle"));
            assertThat(room.seen().stream().filter(line -> line.containsKey("post")))
                    .hasSize(2)
                    .anyMatch(line ->
                            line.getJsonObject("post").getString("text").startsWith("away 3 min; 1 command was"));
            assertThat(chat.requested()).isEmpty();
        }
    }

    @Test
    void eachLeavesARecordAndOneEnd() throws Exception {
        try (var room = chat.room()) {
            room.say("m1", "anna", "ops", "signalbox deploy backend to production", minutesAgo(14));
            room.await(line -> "m1".equals(line.getString("heard")));
            Story story = Eventually.result(chat.brain.story(commandOf("m1"))).orElseThrow();
            assertThat(story.events()).hasSize(2);
            assertThat(story.requested().text()).isEqualTo("deploy backend to production");
            Event.Refused refused = (Event.Refused) story.last();
            assertThat(refused.code()).isEqualTo("old");
            assertThat(refused.reason()).contains("14 min later", "older than 2 minutes");
            room.await(line -> "m1".equals(line.getString("processed")));
        }
    }

    @Test
    void itIsToldWhenSomebodyIsThereAndThenNeverAgain() throws Exception {
        try (var room = chat.room()) {
            room.say("m1", "anna", "ops", "signalbox ping", minutesAgo(14));
            room.await(line -> "m1".equals(line.getString("heard")));
        }
        chat.close();
        chat = new ListeningChat(REDIS, folder);
        try (var room = chat.room()) {
            postIn(room, "ops");
            Eventually.until(
                    "it is not to be told any more",
                    Duration.ofSeconds(10),
                    () -> "0".equals(REDIS.tell("EXISTS", "sb:chat:away")));
            assertThat(REDIS.tell("EXISTS", "sb:chat:away:play:ops")).isEqualTo("0");
        }
    }

    @Test
    void whatWasHeardInTimeAndIsDeliveredAgainMuchLaterIsNotListed() throws Exception {
        try (var room = chat.room()) {
            room.say("m1", "anna", "ops", "signalbox ping");
            room.await(line -> "m1".equals(line.getString("heard")));
            room.say("m1", "anna", "ops", "signalbox ping", minutesAgo(14));
            room.await(line -> "m1".equals(line.getString("heard")));
            assertThat(chat.requested()).hasSize(1);
            assertThat(REDIS.tell("EXISTS", "sb:chat:away")).isEqualTo("0");
        }
    }

    @Test
    void whatComesFromTheFutureIsSaidNow() throws Exception {
        try (var room = chat.room()) {
            room.say("m1", "anna", "ops", "signalbox ping", minutesAgo(-60 * 24));
            room.await(line -> "m1".equals(line.getString("heard")));
            assertThat(chat.requested()).hasSize(1);
        }
    }

    @Test
    void whatIsQuotedMentionsNobodyAndIsOneLine() throws Exception {
        try (var room = chat.room()) {
            room.say("m1", "anna", "ops", "signalbox say `@channel`\nsignalbox ping \u202Egnip", minutesAgo(5));
            String text = postIn(room, "ops").getString("text");
            assertThat(text).contains("`say '@channel' signalbox ping gnip`");
            assertThat(text.lines()).hasSize(3);
        }
    }

    @Test
    void aLongListIsCut() throws Exception {
        try (var room = chat.room()) {
            for (int number = 0; number < 25; number++) {
                room.say("m" + number, "anna", "ops", "signalbox ping " + number, minutesAgo(5));
            }
            assertThat(postIn(room, "ops").getString("text"))
                    .startsWith("away 5 min; 25 commands were not run:")
                    .contains("and 5 more");
        }
    }

    @Test
    void withoutABrainItIsStillNotRun() throws Exception {
        try (var room = chat.room()) {
            REDIS.kill();
            room.say("m1", "anna", "ops", "signalbox deploy backend to staging", minutesAgo(14));
            assertThat(room.post().getString("text")).contains("is not run", "may not be recorded");
        }
    }

    private static JsonObject postIn(PlayedRoom room, String name) throws Exception {
        return room.await(line -> line.containsKey("post")
                        && line.getJsonObject("post").getString("room").equals(name))
                .getJsonObject("post");
    }

    private static CommandId commandOf(String message) {
        return new CommandId(REDIS.tell("GET", "sb:chat:heard:play:" + message));
    }

    private static JsonObject minutesAgo(int minutes) {
        return new JsonObject()
                .put(
                        "at",
                        Clock.systemUTC().millis() - Duration.ofMinutes(minutes).toMillis());
    }
}
