package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command was asked about last, and what people have said to that since.
 *
 * @param queued that it waits for its lock since it was agreed to
 */
record Agreement(
        Event.ApprovalRequested request,
        List<Event.ApprovalGiven> yeses,
        Optional<Event.GlassBroken> glass,
        Optional<Event.Queued> queued) {
    /** Empty where nobody was asked. */
    static Optional<Agreement> of(Story story) {
        Optional<Event.ApprovalRequested> request = Optional.empty();
        List<Event.ApprovalGiven> yeses = new ArrayList<>();
        Optional<Event.GlassBroken> glass = Optional.empty();
        Optional<Event.Queued> queued = Optional.empty();
        for (Event event : story.events()) {
            if (event instanceof Event.ApprovalRequested asked) {
                request = Optional.of(asked);
                yeses.clear();
                glass = Optional.empty();
                queued = Optional.empty();
            } else if (event instanceof Event.ApprovalGiven yes) {
                yeses.add(yes);
            } else if (event instanceof Event.GlassBroken broken) {
                glass = Optional.of(broken);
            } else if (event instanceof Event.Queued waits) {
                queued = Optional.of(waits);
            }
        }
        List<Event.ApprovalGiven> given = List.copyOf(yeses);
        Optional<Event.GlassBroken> broken = glass;
        Optional<Event.Queued> waits = queued;
        return request.map(asked -> new Agreement(asked, given, broken, waits));
    }

    static Agreement about(Story story) {
        return of(story).orElseThrow();
    }

    /** Whether it waits for somebody's yes. */
    static boolean isWanted(Story story) {
        return isOpen(story) && !about(story).isComplete();
    }

    /** Whether a no still ends it: it waits for a yes, or to begin after it. */
    static boolean isOpen(Story story) {
        return List.of(Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN).contains(story.state());
    }

    boolean isComplete() {
        return glass.isPresent() || yeses.size() >= request.needed();
    }

    boolean hasSaidYes(String person) {
        return yeses.stream().anyMatch(yes -> yes.by().id().equals(person));
    }

    String digest() {
        return request.plan().digest();
    }

    Instant deadline() {
        return request.deadline();
    }

    /** When what was agreed to must have begun: in time, or soon after the last yes, or soon after its turn. */
    Instant until() {
        if (queued.isPresent()) {
            return queued.get().until().plus(Rules.FRESH);
        }
        Instant last = glass.map(Event.GlassBroken::at)
                .orElseGet(() -> yeses.get(yeses.size() - 1).at());
        Instant fresh = last.plus(Rules.FRESH);
        return fresh.isAfter(deadline()) ? fresh : deadline();
    }
}
