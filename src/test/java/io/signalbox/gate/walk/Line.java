package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Those who wait for a lock, in the order in which they came first: whoever comes back has the ticket that he drew then. */
final class Line {
    private final Model model;
    private final Map<CommandId, Integer> tickets = new HashMap<>();

    Line(Model model) {
        this.model = model;
    }

    /** A command joins, or is told another place. */
    void joined(Story was, Story story, Event.Queued event) {
        Promises.IN_ORDER.demand(story.instruction().manner().waits(), "did not ask to wait:", story + "");
        Promises.IN_ORDER.demand(
                Rules.lock(story.instruction()).equals(Optional.of(event.lock())), "another lock:", story + "");
        tickets.putIfAbsent(story.id(), tickets.size());
        Promises.IN_ORDER.demand(event.place() == place(story), place(story) + " is the place of", story + "");
        boolean asLong = was.state() == Kind.QUEUED
                ? event.until().equals(until(was))
                : !event.until().isAfter(event.at().plus(Rules.TO_WAIT));
        Promises.KEPT.demand(asLong, "waits until another time:", story + "");
        boolean asked = Agreement.of(was).isPresent() && was.state() != Kind.QUEUED;
        Promises.APPROVED.demand(
                !asked || Agreement.about(was).isComplete(), "waits before all have agreed:", story + "");
    }

    List<Story> waiting(String lock) {
        return model.stories().stream()
                .filter(story -> story.state() == Kind.QUEUED)
                .filter(story -> Rules.lock(story.instruction()).equals(Optional.of(lock)))
                .sorted(Comparator.comparing(this::ticket))
                .toList();
    }

    /** 1 is the next; of one who has drawn a ticket. */
    long place(Story story) {
        return 1
                + waiting(Rules.lock(story.instruction()).orElseThrow()).stream()
                        .filter(other -> ticket(other) < ticket(story))
                        .count();
    }

    private int ticket(Story story) {
        return Objects.requireNonNull(tickets.get(story.id()));
    }

    /** Whether nobody stands before this command; where somebody keeps the lock, only his own commands stand in line. */
    boolean isNext(CommandId command, String lock, Optional<String> keeper) {
        return first(lock, keeper).filter(first -> !first.id().equals(command)).isEmpty();
    }

    /** The one whose turn it is, where the lock is free. */
    Optional<Story> first(String lock, Optional<String> keeper) {
        return waiting(lock).stream()
                .filter(story -> keeper.isEmpty()
                        || keeper.get().equals(story.requested().by().id()))
                .findFirst();
    }

    static Event.Queued said(Story story) {
        return story.last(Event.Queued.class).orElseThrow();
    }

    static Instant until(Story story) {
        return said(story).until();
    }
}
