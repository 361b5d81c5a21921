package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who clicks twice wants one thing. */
class ClicksIT extends Listening {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final String SWAP = "swap backend staging";

    private CommandId deployed;

    ClicksIT() {
        super(REDIS);
    }

    @BeforeEach
    void finish() {
        deployed = chat.finished();
    }

    @Test
    void aClickThatIsDeliveredAgainIsNotASecondRequestAndNotASecondClick() throws Exception {
        try (var room = chat.room()) {
            for (int time = 0; time < 3; time++) {
                click(room, "c1", "anna");
            }
            assertThat(chat.requested()).hasSize(1);
            assertThat(room.seen()).noneMatch(line -> line.toString().contains("clicked already"));
        }
    }

    @Test
    void theSecondClickIsToldWhoClickedAndWhatBecameOfIt() throws Exception {
        try (var room = chat.room()) {
            click(room, "c1", "anna");
            CommandId first = chat.theRequested();
            room.click("c2", "bert", under("result"), SWAP);
            assertThat(textOf(room))
                    .contains(
                            "`" + SWAP + "` was clicked already by anna",
                            first + " is being looked at",
                            "To do it again");
            room.await(line -> "c2".equals(line.getString("processed")));

            admitted(first);
            chat.commit(ListeningChat.finished(first, Outcome.FAILED));
            room.click("c3", "anna", under("result"), SWAP);
            assertThat(textOf(room)).contains("clicked already by anna", first + " is over: failed");
            assertThat(chat.requested()).isEmpty();
        }
    }

    @Test
    void twoWhoClickAtTheSameMomentWantOneThing() throws Exception {
        try (var room = chat.room()) {
            room.click("c1", "anna", under("result"), SWAP);
            room.click("c2", "bert", under("result"), SWAP);
            assertThat(textOf(room)).contains("was clicked already by");
            assertThat(chat.requested()).hasSize(1);
        }
    }

    @Test
    void anotherBotWithTheSameBrainKnowsWhoClicked() throws Exception {
        try (var room = chat.room()) {
            click(room, "c1", "anna");
        }
        chat.close();
        chat = new ListeningChat(REDIS, folder);
        try (var room = chat.room()) {
            room.click("c2", "bert", under("result"), SWAP);
            assertThat(textOf(room)).contains("was clicked already by anna");
        }
    }

    @Test
    void whatCameToNothingMayBeClickedAgain() throws Exception {
        try (var room = chat.room()) {
            click(room, "c1", "anna");
            CommandId first = chat.theRequested();
            chat.commit(new Event.Refused(first, Clock.systemUTC().instant(), "lock", "held by bert", List.of()));
            click(room, "c2", "anna");
            assertThat(chat.requested()).hasSize(1);
            assertThat(chat.theRequested()).isNotEqualTo(first);
        }
    }

    @Test
    void theOtherButtonOfAResultIsAnother() throws Exception {
        try (var room = chat.room()) {
            click(room, "c1", "anna");
            room.click("c2", "anna", under("result"), "discard backend staging");
            room.await(line -> "c2".equals(line.getString("heard")));
            assertThat(chat.requested()).hasSize(2);
        }
    }

    @Test
    void aDecisionIsClickedByAsManyAsLike() throws Exception {
        try (var room = chat.room()) {
            for (String person : List.of("bert", "carla")) {
                room.click("c-" + person, person, under("approval"), "approve " + deployed);
                room.await(line -> ("c-" + person).equals(line.getString("heard")));
            }
            assertThat(chat.requested()).hasSize(2);
        }
    }

    @Test
    void underAForgottenResultNobodyKnowsWhoClicked() throws Exception {
        REDIS.tell("DEL", "sb:command:" + deployed);
        try (var room = chat.room()) {
            room.click("c1", "anna", under("result"), SWAP);
            assertThat(textOf(room)).contains(deployed + ", whose result this button stands under", "forgotten", SWAP);
            assertThat(chat.requested()).isEmpty();
        }
    }

    private void click(PlayedRoom room, String id, String person) throws Exception {
        room.click(id, person, under("result"), SWAP);
        room.await(line -> id.equals(line.getString("heard")));
    }

    private void admitted(CommandId id) {
        chat.commit(
                new Event.Understood(id, Clock.systemUTC().instant(), chat.instruction(SWAP)),
                new Event.Admitted(id, Clock.systemUTC().instant(), ListeningChat.plan(), null));
    }

    private String under(String which) {
        return deployed + "/" + which;
    }

    /** What is said of a request, as against the run before. */
    private String textOf(PlayedRoom room) throws Exception {
        JsonObject post = room.await(line -> line.containsKey("post")
                        && line.getJsonObject("post").getString("id").endsWith("/end"))
                .getJsonObject("post");
        return post.getString("text");
    }
}
