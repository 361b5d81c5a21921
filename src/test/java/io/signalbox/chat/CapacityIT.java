package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Event;
import io.signalbox.fixture.LocalRedis;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More than the bot can do is refused, not piled up. */
class CapacityIT extends Listening {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final int MOST = 100;
    /** Those whose commits end in the same moment. */
    private static final int A_FEW = 10;

    CapacityIT() {
        super(REDIS);
    }

    @Test
    void whatIsBeyondItIsRefusedAndRecordedAndThereIsRoomAgainWhenSomethingEnded() throws Exception {
        try (var room = chat.room()) {
            for (int number = 0; number < MOST; number++) {
                say(room, "m" + number);
            }
            room.say("late", "anna", "ops", "signalbox ping");
            assertThat(room.post().getString("text")).contains("More is being asked", "not done", "Say it again");
            room.await(line -> "late".equals(line.getString("processed")));
            assertThat(chat.requested()).hasSize(MOST);

            chat.commit(new Event.Misunderstood(
                    chat.theRequested(), Clock.systemUTC().instant(), "no such word", List.of()));
            room.post();
            say(room, "again");
            assertThat(chat.requested()).hasSize(MOST);
        }
    }

    @Test
    void whatStopsThingsGetsThrough() throws Exception {
        try (var room = chat.room()) {
            for (int number = 0; number < MOST; number++) {
                say(room, "m" + number);
            }
            room.say("stop", "anna", "ops", "signalbox cancel k7m3ab");
            room.await(line -> "stop".equals(line.getString("heard")));
            assertThat(chat.requested()).hasSize(MOST + 1);
        }
    }

    @Test
    void aFloodIsAnsweredToTheLastMessage() throws Exception {
        try (var room = chat.room()) {
            int flood = 2000;
            for (int number = 0; number < flood; number++) {
                room.say("m" + number, "anna", "ops", "signalbox ping");
            }
            for (int heard = 0; heard < flood; heard++) {
                room.await(line -> line.containsKey("heard"));
            }
            assertThat(chat.requested()).hasSizeBetween(1, MOST + A_FEW);
            long answered = room.seen().stream()
                    .filter(line -> line.containsKey("post"))
                    .count();
            while (answered < flood - chat.requested().size()) {
                room.post();
                answered++;
            }
            assertThat(room.seen()).noneMatch(line -> line.toString().contains("does not answer"));
        }
    }

    private static void say(PlayedRoom room, String id) throws Exception {
        room.say(id, "anna", "ops", "signalbox ping");
        room.await(line -> id.equals(line.getString("heard")));
    }
}
