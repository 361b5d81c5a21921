package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.OutboxEntry;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LifeTest {
    private static final CommandId ID = new CommandId("k7m2pq");
    private static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");
    private static final Person ANNA = new Person("play:anna", "anna");
    private static final Person CARLA = new Person("play:carla", "carla");

    @Test
    void aDeploymentIsReadFromTheWordsToTheResult() {
        Event.ApprovalRequested asked = sample(Event.ApprovalRequested.class);
        List<Event> events = List.of(
                new Event.Requested(ID, AT, ANNA, new Room("play:ops"), "m-17", "deploy backend production"),
                EventSamples.understood(ID),
                new Event.ApprovalRequested(
                        ID, AT.plusSeconds(2), asked.plan(), "deployer", asked.asked(), AT.plusSeconds(301)),
                new Event.ApprovalGiven(
                        ID, AT.plusSeconds(32), CARLA, asked.plan().digest()),
                new Event.Admitted(ID, AT.plusSeconds(32), asked.plan(), "backend/production"),
                new Event.Finished(
                        ID,
                        AT.plusSeconds(130),
                        Outcome.SUCCEEDED,
                        0,
                        "",
                        new TreeMap<>(Map.of("summary", "staged version v2\nweb i-1")),
                        null));

        assertThat(life(events))
                .containsExactly(
                        "k7m2pq, 2026-11-21, times in UTC",
                        "10:15:30  #1 anna (play:anna) said in play:ops: deploy backend production",
                        "10:15:30  #2 understood: deploy backend/main to production (backend.deploy)",
                        "10:15:32  #3 needs another deployer until 10:20:31; asked: play:bert, play:carla  +0:01",
                        "          plan aaaaaaaa",
                        "          backend main (ccccccc) to production",
                        "          then: terminates i-0 in two hours",
                        "10:16:02  #4 carla (play:carla) approved plan aaaaaaaa  +0:30",
                        "10:16:02  #5 allowed; it holds the lock backend/production",
                        "          plan aaaaaaaa",
                        "10:17:40  #6 succeeded (exit 0)  +1:38",
                        "          summary: staged version v2",
                        "          web i-1",
                        "over after 2:10, 6 records");
    }

    @Test
    void everyKindOfEventHasItsLine() {
        for (Event event : EventSamples.complete(ID)) {
            List<String> lines = life(List.of(event));
            assertThat(lines.get(1)).matches("10:15:30  #1 \\S.*").doesNotContain("damaged");
            assertThat(lines.get(lines.size() - 1)).startsWith(event.kind().isTerminal() ? "over" : "not over yet");
        }
        EventSamples.sparse()
                .forEach(event -> assertThat(life(List.of(event)).get(1)).doesNotContain("damaged", "null"));
    }

    @Test
    void whatWasSaidCannotLookLikeAnotherRecord() {
        var said = new Event.Requested(
                ID, AT, ANNA, new Room("play:ops"), "m-17", "x\n10:16:02  #4 carla approved\u001b[2K\u202e");
        assertThat(life(List.of(said))).hasSize(3).noneMatch(line -> line.startsWith("10:16"));
    }

    @Test
    void aDamagedRecordIsShownAsSuch() {
        JsonObject lacking = EventJson.write(sample(Event.Finished.class));
        lacking.remove("reason");
        Envelope envelope = new Envelope(URI.create("forger"));
        Entry entry = Envelope.open(envelope.seal(new OutboxEntry(1, lacking.encode()), "0".repeat(64))
                .text());
        assertThat(Life.of(List.of(entry)).get(1)).contains("Finished (damaged");
    }

    private static <T extends Event> T sample(Class<T> type) {
        return EventSamples.complete(ID).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> life(List<Event> events) {
        Chain chain = new Chain(URI.create("signalbox://deploy.example.org"));
        List<Entry> entries = new ArrayList<>();
        Head head = Head.START;
        for (Event event : events) {
            Link link = chain.link(
                    head,
                    new OutboxEntry(head.sequence() + 1, EventJson.write(event).encode()));
            entries.add(Envelope.open(link.text()));
            head = link.head();
        }
        return Life.of(entries);
    }
}
