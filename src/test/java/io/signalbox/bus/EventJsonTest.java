package io.signalbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    @Test
    void thereIsASampleOfEveryTypeOfEvent() {
        assertThat(EventSamples.complete())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Event.class.getPermittedSubclasses()));
    }

    @Test
    void everyTypeComesBackAsItWasWritten() {
        for (Event event : samples()) {
            assertThat(EventJson.read(new JsonObject(EventJson.write(event).encode())))
                    .isEqualTo(event);
        }
    }

    @Test
    void theNamesInTheBrainAndTheLogStayAsTheyAre() throws IOException {
        assertThat(samples().stream().map(event -> EventJson.write(event).encode()))
                .as("what was written before must stay readable: only add names, and to the golden file too")
                .containsExactlyElementsOf(golden());
    }

    @Test
    void whatWasWrittenBeforeIsStillRead() throws IOException {
        assertThat(golden().stream().map(line -> EventJson.read(new JsonObject(line))))
                .containsExactlyElementsOf(samples());
    }

    /** A record of an early release means what it meant: said by a person, at once, with one other to agree. */
    @Test
    void whatAnEarlyReleaseWroteIsRead() throws IOException {
        List<Event> early = lines("events-1.jsonl")
                .map(line -> EventJson.read(new JsonObject(line)))
                .toList();
        assertThat(early).hasSize(20);
        assertThat(((Event.Requested) early.get(0)).because()).isNull();
        assertThat(((Event.Understood) early.get(2)).instruction().manner()).isEqualTo(Manner.NOW);
        assertThat(((Event.ApprovalRequested) early.get(3)).needed()).isEqualTo(1);
    }

    @Test
    void whatWasDispatchedBeforeHomesWereRecordedHasNone() {
        JsonObject early = new JsonObject("""
                {"kind":"Dispatched","id":"k7m2pq","at":"2026-11-21T10:15:30.123Z","argv":["true"],"folder":"runs/k7m2pq"}
                """);
        assertThat(((Event.Dispatched) EventJson.read(early)).home()).isNull();
    }

    @Test
    void everyKindHasItsOwnType() {
        assertThat(EventSamples.complete()).extracting(Event::kind).containsExactlyInAnyOrder(Kind.values());
        for (Event event : EventSamples.complete()) {
            assertThat(event.kind().title()).isEqualTo(event.getClass().getSimpleName());
        }
    }

    private static List<Event> samples() {
        return Stream.concat(EventSamples.complete().stream(), EventSamples.sparse().stream())
                .toList();
    }

    private static List<String> golden() throws IOException {
        return lines("events.jsonl").toList();
    }

    private static Stream<String> lines(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(EventJsonTest.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }
}
