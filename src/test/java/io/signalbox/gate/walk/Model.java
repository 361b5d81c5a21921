package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a gate may do, one event after the other in the order of their numbers. It knows nothing but the events, who had
 * which role at first, and when the audit log opened and closed.
 */
final class Model {
    private static final Map<Kind, Set<Kind>> WAYS = Map.of(
            Kind.UNDERSTOOD, Set.of(Kind.REQUESTED),
            Kind.APPROVAL_REQUESTED, Set.of(Kind.UNDERSTOOD),
            Kind.APPROVAL_GIVEN, Set.of(Kind.APPROVAL_REQUESTED),
            Kind.DENIED, Set.of(Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN),
            Kind.WITHDRAWN, Set.of(Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN),
            Kind.EXPIRED, Set.of(Kind.APPROVAL_REQUESTED),
            Kind.VOIDED, Set.of(Kind.APPROVAL_GIVEN),
            Kind.ADMITTED, Set.of(Kind.UNDERSTOOD, Kind.APPROVAL_GIVEN),
            Kind.REFUSED, Set.of(Kind.UNDERSTOOD, Kind.APPROVAL_GIVEN));

    private final Map<CommandId, Story> stories = new LinkedHashMap<>();
    private final Map<String, Map<String, Instant>> roles = new TreeMap<>();
    private final Map<String, CommandId> locks = new TreeMap<>();
    private boolean recording = true;
    private long number;
    private @Nullable Event before;

    Model(Map<String, List<String>> firstRoles, Instant since) {
        firstRoles.forEach((role, persons) -> persons.forEach(
                person -> roles.computeIfAbsent(role, none -> new TreeMap<>()).put(person, since)));
    }

    void records(boolean open) {
        recording = open;
    }

    void read(long given, Event event) {
        Promises.NUMBERED.demand(given == number + 1, "after", number + "", "came", given + ":", event + "");
        number = given;
        Story story = stories.get(event.id());
        Promises.ONE_END.demand(isOnItsWay(story, event.kind()), event + " came after " + story);
        List<Event> events = new ArrayList<>(story == null ? List.of() : story.events());
        events.add(event);
        Story now = new Story(event.id(), given, events, Map.of());
        if (event.kind() != Kind.REQUESTED) {
            follow(now, event);
        }
        stories.put(event.id(), now);
        before = event;
    }

    private static boolean isOnItsWay(@Nullable Story story, Kind kind) {
        return switch (kind) {
            case REQUESTED -> story == null;
            case ANSWERED -> story != null && story.state() == Kind.ADMITTED && !Rules.isRun(story);
            case FINISHED -> story != null && story.state() == Kind.ADMITTED && Rules.isRun(story);
            default -> story != null && WAYS.getOrDefault(kind, Set.of()).contains(story.state());
        };
    }

    private void follow(Story story, Event event) {
        Optional<CommandId> owed = approved();
        Promises.KEPT.demand(
                owed.isEmpty()
                        || (event instanceof Event.ApprovalGiven && owed.get().equals(event.id())),
                "a yes was answered, and then came " + event);
        switch (event.kind()) {
            case REFUSED -> {
                Event.Refused refused = (Event.Refused) event;
                Promises.KEPT.demand(
                        !refused.reason().isBlank() && !refused.code().equals("failed"), event + "");
            }
            case APPROVAL_REQUESTED -> mayBegin(story);
            case APPROVAL_GIVEN -> agreed(story, (Event.ApprovalGiven) event);
            case DENIED -> denied(story, (Event.Denied) event);
            case EXPIRED -> Promises.KEPT.demand(event.at().isAfter(deadline(story)), "early: " + story);
            case VOIDED -> Promises.KEPT.demand(!((Event.Voided) event).reason().isBlank(), event + "");
            case ADMITTED -> admitted(story, (Event.Admitted) event);
            case ANSWERED -> new Effects(this, roles, locks).of(story);
            case FINISHED ->
                Rules.lock(story.instruction())
                        .filter(lock -> ((Event.Finished) event).outcome() != Outcome.LOST)
                        .ifPresent(lock -> locks.remove(lock, story.id()));
            default -> {}
        }
    }

    /** The command that the answer just read says is approved. */
    private Optional<CommandId> approved() {
        return word("approve").map(word -> target(word));
    }

    /** The word of this name that the answer just read ends. */
    private Optional<Story> word(String name) {
        return Optional.ofNullable(before)
                .filter(Event.Answered.class::isInstance)
                .map(event -> stories.get(event.id()))
                .filter(word -> word.instruction().command().equals(name));
    }

    static CommandId target(Story word) {
        return new CommandId(
                Objects.requireNonNull(word.instruction().arguments().get("id")));
    }

    private void mayBegin(Story story) {
        String person = story.requested().by().id();
        Promises.AUTHORISED.demand(
                holds(person, Rules.roles(story.instruction().command())), person, "may not:", story + "");
        Promises.RECORDED.demand(recording || !Rules.isRecorded(story), "the log is closed:", story + "");
        Rules.lock(story.instruction())
                .ifPresent(lock -> Promises.ONE_HOLDER.demand(
                        !locks.containsKey(lock), lock, "is held by", locks.get(lock) + ":", story + ""));
    }

    private void admitted(Story story, Event.Admitted event) {
        mayBegin(story);
        if (!Rules.isRun(story)) {
            return;
        }
        String digest = Objects.requireNonNull(event.plan()).digest();
        if (Rules.needsYes(story.instruction())) {
            Promises.APPROVED.demand(story.last(Event.ApprovalGiven.class).isPresent(), "by nobody:", story + "");
            Event.ApprovalGiven given = story.last(Event.ApprovalGiven.class).orElseThrow();
            Promises.APPROVED.demand(mayAgree(story, given.by().id()), given.by() + " may not any more:", story + "");
            Promises.APPROVED.demand(given.digest().equals(digest), "another plan:", story + "");
            Promises.APPROVED.demand(!event.at().isAfter(until(story)), "the yes is too old:", story + "");
        }
        Rules.lock(story.instruction()).ifPresent(lock -> locks.put(lock, story.id()));
    }

    private void agreed(Story story, Event.ApprovalGiven event) {
        Promises.KEPT.demand(
                word("approve").map(word -> word.requested().by()).equals(Optional.of(event.by())),
                "nobody said so: " + story);
        Promises.APPROVED.demand(mayAgree(story, event.by().id()), event.by() + " may not:", story + "");
        Promises.APPROVED.demand(!event.at().isAfter(deadline(story)), "too late:", story + "");
        Promises.APPROVED.demand(event.digest().equals(request(story).plan().digest()), "to another plan:", story + "");
    }

    private void denied(Story story, Event.Denied event) {
        Promises.KEPT.demand(
                word("deny")
                        .filter(word -> target(word).equals(story.id()))
                        .map(word -> word.requested().by())
                        .equals(Optional.of(event.by())),
                "nobody said so: " + story);
        Promises.AUTHORISED.demand(
                story.requested().by().is(event.by())
                        || mayAgree(story, event.by().id()),
                event.by() + " may not deny:",
                story + "");
    }

    /** Another person, who is a deployer and was one when it was asked for. */
    boolean mayAgree(Story story, String person) {
        return !story.requested().by().id().equals(person)
                && since(person, Rules.DEPLOYER)
                        .filter(at -> !at.isAfter(story.requested().at()))
                        .isPresent();
    }

    boolean holds(String person, Set<String> anyOf) {
        return anyOf.contains(Rules.EVERYONE)
                || anyOf.stream().anyMatch(role -> since(person, role).isPresent());
    }

    Optional<Instant> since(String person, String role) {
        return Optional.ofNullable(roles.getOrDefault(role, Map.of()).get(person));
    }

    Set<String> holders(String role) {
        return Set.copyOf(roles.getOrDefault(role, Map.of()).keySet());
    }

    Map<String, Map<String, Instant>> roles() {
        return roles;
    }

    Map<String, CommandId> locks() {
        return locks;
    }

    boolean isRecording() {
        return recording;
    }

    long number() {
        return number;
    }

    /** In the order in which they were asked for. */
    List<Story> stories() {
        return List.copyOf(stories.values());
    }

    Story story(CommandId id) {
        return Objects.requireNonNull(stories.get(id), () -> "nobody asked for " + id);
    }

    Optional<Story> find(CommandId id) {
        return Optional.ofNullable(stories.get(id));
    }

    static Event.ApprovalRequested request(Story story) {
        return story.last(Event.ApprovalRequested.class).orElseThrow();
    }

    static Instant deadline(Story story) {
        return request(story).deadline();
    }

    /** When an approved command must have begun. */
    static Instant until(Story story) {
        Instant fresh = story.last(Event.ApprovalGiven.class).orElseThrow().at().plus(Rules.FRESH);
        return fresh.isAfter(deadline(story)) ? fresh : deadline(story);
    }

    /** Whether a gate that nothing disturbs will take it further. */
    boolean isRestless(Story story, Instant now) {
        return switch (story.state()) {
            case REQUESTED, UNDERSTOOD -> true;
            case APPROVAL_REQUESTED -> now.isAfter(deadline(story));
            case APPROVAL_GIVEN -> recording || now.isAfter(until(story));
            default -> false;
        };
    }
}
