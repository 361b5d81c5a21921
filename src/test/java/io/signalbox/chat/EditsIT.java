package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is changed after it was said is not run. */
class EditsIT extends Listening {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    EditsIT() {
        super(REDIS);
    }

    @Test
    void whoChangesACommandIsToldOnceThatItIsNotRun() throws Exception {
        try (var room = chat.room()) {
            room.say("m1", "anna", "ops", "signalbox ping");
            room.await(line -> "m1".equals(line.getString("heard")));
            CommandId first = chat.theRequested();

            edit(room, "e1", "signalbox deploy backend to production");
            assertThat(room.post().getString("text")).contains("changed", "not run", first.value(), "new message");
            for (String again : new String[] {"e1", "e2", "e3"}) {
                edit(room, again, "signalbox deploy backend to production, " + again);
                room.await(line -> again.equals(line.getString("processed")));
            }
            assertThat(chat.requested())
                    .singleElement()
                    .satisfies(story -> assertThat(story.id()).isEqualTo(first));
            assertThat(room.seen().stream().filter(line -> line.containsKey("post")))
                    .hasSize(1);
        }
    }

    @Test
    void theRefusalIsRecordedLikeAnyOther() throws Exception {
        try (var room = chat.room()) {
            edit(room, "e1", "signalbox deploy backend to production");
            String key = room.post().getString("id");
            CommandId id = new CommandId(key.substring(0, key.indexOf('/')));
            assertThat(Eventually.result(chat.brain.story(id)).orElseThrow().events())
                    .extracting(event -> event.kind().title())
                    .containsExactly("Requested", "Refused");
        }
    }

    @Test
    void aServiceThatAnnouncesAnUnchangedTextIsNotAnswered() throws Exception {
        try (var room = chat.room()) {
            room.say("m1", "anna", "ops", "signalbox look at https://example.org");
            room.await(line -> "m1".equals(line.getString("heard")));
            edit(room, "e1", "signalbox look at https://example.org");
            room.await(line -> "e1".equals(line.getString("processed")));
            assertThat(room.seen()).noneMatch(line -> line.containsKey("post"));
        }
    }

    @Test
    void whatPeopleChangeInTheirTalkIsTheirAffair() throws Exception {
        try (var room = chat.room()) {
            edit(room, "e1", "shall we deploy tomorrow?");
            room.await(line -> "e1".equals(line.getString("processed")));
            assertThat(room.seen()).noneMatch(line -> line.containsKey("post"));
        }
    }

    @Test
    void anEditThatDoesNotNameItsMessageIsNotTakenForWords() throws Exception {
        try (var room = chat.room()) {
            room.say("e1", "anna", "ops", "signalbox ping", new JsonObject().put("edited", true));
            assertThat(room.await(line -> line.containsKey("error")).getString("error"))
                    .contains("'edited'");
            assertThat(chat.requested()).isEmpty();
        }
    }

    private static void edit(PlayedRoom room, String id, String text) {
        room.say(id, "anna", "ops", text, new JsonObject().put("edited", "m1"));
    }
}
