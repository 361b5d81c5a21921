package io.signalbox.chat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.bus.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The life of one command, of which tests of wordings take as much as they need. */
abstract class StoryToTell {
    static final CommandId ID = new CommandId("k7m3ab");
    static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    static final Person ANNA = new Person("play:anna", "anna");
    static final Person CARLA = new Person("play:carla", "carla");
    static final Plan PLAN = new Plan(
            "0123456789abcdef",
            "c0ffee",
            new TreeMap<>(),
            new TreeMap<>(),
            null,
            List.of("old instances stay until `terminate`"),
            List.of("version 2 goes in"));

    static Event.Understood understood() {
        return new Event.Understood(
                ID, AT, new Instruction("backend.deploy", "deploy backend staging", Map.of("environment", "staging")));
    }

    static Event.ApprovalRequested asked() {
        return new Event.ApprovalRequested(
                ID, AT, PLAN, "deployer", List.of("play:anna", "play:carla"), AT.plusSeconds(300));
    }

    static Event.Admitted admitted() {
        return new Event.Admitted(ID, AT, PLAN, "backend/staging");
    }

    static Event.Dispatched dispatched() {
        return new Event.Dispatched(ID, AT, List.of("ansible-playbook"), "runs/k7m3ab", null);
    }

    static Story story(Event... later) {
        return marked(Map.of(), later);
    }

    static Story marked(Map<String, String> marks, Event... later) {
        List<Event> events = new ArrayList<>();
        events.add(new Event.Requested(ID, AT, ANNA, Room.of("play", "ops"), "m1", "words"));
        events.addAll(List.of(later));
        return new Story(ID, events.size(), events, marks);
    }
}
