package io.signalbox.gate;

import io.signalbox.brain.Commit;
import io.signalbox.brain.InState;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.catalog.Approval;
import io.signalbox.catalog.CommandSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command that was understood, with its entry of the catalog. */
record Asked(Story story, CommandSpec spec) {
    CommandId id() {
        return story.id();
    }

    Person by() {
        return story.requested().by();
    }

    Instant at() {
        return story.requested().at();
    }

    Kind state() {
        return story.state();
    }

    /** In a commit: nobody has taken it further since it was looked at; what waits for a time, and its time has come. */
    Commit.Part unchanged() {
        return state() == Kind.SCHEDULED ? Schedules.isDue(story) : InState.of(id(), state());
    }

    Instruction instruction() {
        return story.instruction();
    }

    /** As if its person had said that instead, here and now. */
    Asked supposing(Instruction other, CommandSpec spec) {
        List<Event> events = List.of(story.requested(), new Event.Understood(id(), at(), other));
        return new Asked(new Story(id(), story.sequence(), events, Map.of()), spec);
    }

    /** The argument of this name, empty where it was not said. */
    Optional<String> argument(String name) {
        return Optional.ofNullable(instruction().arguments().get(name)).filter(said -> !said.isBlank());
    }

    Optional<String> lock() {
        return spec.lockFor(instruction().arguments());
    }

    /** Who else must agree to these arguments, if anybody must. */
    Optional<Approval> approval() {
        return spec.approval().filter(rule -> rule.isNeededFor(instruction().arguments()));
    }

    /** Whether it waits for a lock that is held, instead of being refused. */
    boolean waits() {
        return instruction().manner().waits();
    }

    Event.ApprovalRequested approvalRequested() {
        return story.last(Event.ApprovalRequested.class)
                .orElseThrow(() -> new IllegalStateException(id() + " never asked for approval"));
    }

    /** As in {@code k7m3ab (deploy backend staging)}, quoted for chat. */
    String shown() {
        return id() + " (`" + instruction().canonical() + "`)";
    }
}
