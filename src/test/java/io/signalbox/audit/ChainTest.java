package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.brain.OutboxEntry;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChainTest {
    private final Chain chain = new Chain(URI.create("signalbox://deploy.example.org"));

    @Test
    void everyTypeOfEventIsACloudEventThatComesBackAsItWas() throws Exception {
        long number = 0;
        for (Event event : EventSamples.complete()) {
            Link link = chain.link(new Head(number, "ab"), entry(number + 1, event));
            number++;
            Entry read = Envelope.open(link.text());
            assertThat(read.event()).isEqualTo(event);
            assertThat(read.data()).isEqualTo(EventJson.write(event).encode());
            assertThat(read.head()).isEqualTo(link.head());
            assertThat(link.key()).isEqualTo(event.id().value());
        }
    }

    @Test
    void aRecordHasTheAttributesThatReadersRelyOn() throws Exception {
        Event event = EventSamples.requested(new CommandId("k7m2pq"));
        JsonNode json = new ObjectMapper()
                .readTree(chain.link(Head.START, entry(1, event)).text());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "specversion",
                        "id",
                        "source",
                        "type",
                        "datacontenttype",
                        "subject",
                        "time",
                        "sequence",
                        "previoushash",
                        "data");
        assertThat(json.path("specversion").asText()).isEqualTo("1.0");
        assertThat(json.path("id").asText()).isEqualTo("1");
        assertThat(json.path("source").asText()).isEqualTo("signalbox://deploy.example.org");
        assertThat(json.path("type").asText()).isEqualTo("io.signalbox.requested");
        assertThat(json.path("subject").asText()).isEqualTo("k7m2pq");
        assertThat(json.path("time").asText()).isEqualTo("2026-11-21T10:15:30.123Z");
        assertThat(json.path("sequence").asText()).isEqualTo("1");
        assertThat(json.path("previoushash").asText()).isEqualTo("0".repeat(64));
        assertThat(json.path("data").path("by").path("name").asText()).isEqualTo("anna");
    }

    @Test
    void typesAreWrittenWithHyphens() {
        assertThat(Envelope.type(Kind.APPROVAL_REQUESTED)).isEqualTo("io.signalbox.approval-requested");
        for (Kind kind : Kind.values()) {
            assertThat(Envelope.type(kind)).matches(Pattern.compile("io\\.signalbox\\.[a-z]+(-[a-z]+)*"));
        }
    }

    @Test
    void acceptsItsOwnRecords() {
        Head head = Head.START;
        for (Entry entry : log()) {
            head = Chain.follow(head, entry);
        }
        assertThat(head.sequence()).isEqualTo(EventSamples.complete().size());
    }

    @Test
    void noticesAChangedRecord() {
        List<Entry> log = log();
        log.set(2, Envelope.open(log.get(2).text().replace("deploy backend", "deploy frontend")));
        assertBroken(log, "record 4 was not written after the record 3");
    }

    @Test
    void noticesARemovedRecord() {
        List<Entry> log = log();
        log.remove(4);
        assertBroken(log, "record 6 stands after record 4");
    }

    @Test
    void noticesAnInsertedRecord() {
        List<Entry> log = log();
        log.add(3, log.get(2));
        assertBroken(log, "record 3 stands after record 3");
    }

    @Test
    void noticesTwoThatChangedPlaces() {
        List<Entry> log = log();
        Entry first = log.get(5);
        log.set(5, log.get(6));
        log.set(6, first);
        assertBroken(log, "record 7 stands after record 5");
    }

    @Test
    void refusesToLeaveANumberOut() {
        Event event = EventSamples.requested(new CommandId("k7m2pq"));
        assertThatThrownBy(() -> chain.link(new Head(4, "ab"), entry(6, event)))
                .isInstanceOf(BrokenChain.class)
                .hasMessage("the brain's next record is 6, but the log ends with 4");
    }

    @Test
    void whatSignalboxDidNotWriteIsForeign() {
        for (String foreign : List.of(
                "",
                "hello",
                "{}",
                "[1]",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\",\"type\":\"y\",\"data\":{}}")) {
            assertThatThrownBy(() -> Envelope.open(foreign)).isInstanceOf(ForeignRecord.class);
        }
    }

    private List<Entry> log() {
        List<Entry> log = new ArrayList<>();
        Head head = Head.START;
        for (Event event : EventSamples.complete()) {
            Link link = chain.link(head, entry(head.sequence() + 1, event));
            head = link.head();
            log.add(Envelope.open(link.text()));
        }
        return log;
    }

    private static void assertBroken(List<Entry> log, String message) {
        assertThatThrownBy(() -> {
                    Head head = Head.START;
                    for (Entry entry : log) {
                        head = Chain.follow(head, entry);
                    }
                })
                .isInstanceOf(BrokenChain.class)
                .hasMessageContaining(message);
    }

    private static OutboxEntry entry(long number, Event event) {
        return new OutboxEntry(number, EventJson.write(event).encode());
    }
}
