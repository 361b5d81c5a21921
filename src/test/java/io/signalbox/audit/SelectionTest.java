package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");
    private static final Person ANNA = new Person("play:anna", "Anna");
    private static final Person CARLA = new Person("play:carla", "carla");
    private static final Person BERT = new Person("play:bert", "bert");

    private final List<Event> log = new ArrayList<>();
    private final List<Person> actors = new ArrayList<>();

    @Test
    void anEnvironmentBringsAllRecordsOfTheCommandsAboutIt() {
        deployment("aaaaaa", "staging", ANNA);
        deployment("bbbbbb", "production", ANNA);
        assertThat(selected(environment("production")))
                .containsExactly("bbbbbb Requested", "bbbbbb Understood", "bbbbbb ApprovalGiven", "bbbbbb Answered");
        assertThat(selected(environment("Staging"))).hasSize(4).allMatch(line -> line.startsWith("aaaaaa"));
        assertThat(selected(environment("elsewhere"))).isEmpty();
    }

    @Test
    void aPersonBringsTheCommandsThatTheyTookPartIn() {
        deployment("aaaaaa", "staging", ANNA);
        deployment("bbbbbb", "production", BERT);
        assertThat(selected(person("anna"))).hasSize(4).allMatch(line -> line.startsWith("aaaaaa"));
        assertThat(selected(person("@bert"))).hasSize(4).allMatch(line -> line.startsWith("bbbbbb"));
        assertThat(selected(person("play:bert"))).hasSize(4).allMatch(line -> line.startsWith("bbbbbb"));
        assertThat(selected(person("carla"))).hasSize(8);
        assertThat(selected(person("olga"))).isEmpty();
    }

    @Test
    void whatIsGivenMustAllHold() {
        deployment("aaaaaa", "staging", ANNA);
        deployment("bbbbbb", "production", ANNA);
        deployment("cccccc", "production", BERT);
        assertThat(selected(new Criteria(
                        Optional.empty(), Optional.of("anna"), Optional.of("production"), Optional.empty())))
                .hasSize(4)
                .allMatch(line -> line.startsWith("bbbbbb"));
        assertThat(selected(new Criteria(
                        Optional.of(new CommandId("cccccc")), Optional.of("anna"), Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void olderRecordsAreLeftOutAlsoOfACommandThatGoesOn() {
        deployment("aaaaaa", "production", ANNA);
        assertThat(selected(new Criteria(
                        Optional.empty(), Optional.empty(), Optional.of("production"), Optional.of(AT.plusSeconds(1)))))
                .containsExactly("aaaaaa Understood", "aaaaaa ApprovalGiven", "aaaaaa Answered");
    }

    @Test
    void everythingIsPrintedInItsOrderWhereNothingIsAskedFor() {
        deployment("aaaaaa", "production", ANNA);
        log.add(1, EventSamples.requested(new CommandId("bbbbbb")));
        actors.add(1, BERT);
        assertThat(selected(Criteria.NONE))
                .containsExactly(
                        "aaaaaa Requested",
                        "bbbbbb Requested",
                        "aaaaaa Understood",
                        "aaaaaa ApprovalGiven",
                        "aaaaaa Answered");
    }

    private void deployment(String name, String environment, Person by) {
        CommandId id = new CommandId(name);
        add(new Event.Requested(id, AT, by, new Room("play:ops"), "m-17", "deploy"), by);
        add(
                new Event.Understood(
                        id,
                        AT.plus(Duration.ofSeconds(1)),
                        new Instruction("backend.deploy", "deploy", Map.of("environment", environment))),
                by);
        add(new Event.ApprovalGiven(id, AT.plusSeconds(2), CARLA, "a".repeat(64)), CARLA);
        add(new Event.Answered(id, AT.plusSeconds(3), "done"), by);
    }

    private void add(Event event, Person by) {
        log.add(event);
        actors.add(by);
    }

    private static Criteria environment(String name) {
        return new Criteria(Optional.empty(), Optional.empty(), Optional.of(name), Optional.empty());
    }

    private static Criteria person(String name) {
        return new Criteria(Optional.empty(), Optional.of(name), Optional.empty(), Optional.empty());
    }

    private List<String> selected(Criteria criteria) {
        Selection<String> selection = new Selection<>(criteria);
        List<String> lines = new ArrayList<>();
        for (int index = 0; index < log.size(); index++) {
            Event event = log.get(index);
            lines.addAll(selection.add(
                    event, actors.get(index), event.id() + " " + event.kind().title()));
        }
        return lines;
    }
}
