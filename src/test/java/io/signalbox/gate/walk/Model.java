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
 * which role at first, when the audit log opened and closed, and when the clock was moved.
 */
final class Model {
    /** What is no reason to end what has waited, by the state that it waits in. */
    private static final Map<Kind, Set<String>> WAITS = Map.of(
            Kind.QUEUED, Set.of("lock", "held", "queue", "limit", "audit"),
            Kind.APPROVAL_GIVEN, Set.of("limit", "audit"),
            Kind.GLASS_BROKEN, Set.of("limit", "audit"));

    private final Map<CommandId, Story> stories = new LinkedHashMap<>();
    private final Map<String, Map<String, Instant>> roles = new TreeMap<>();
    private final Map<String, CommandId> locks = new TreeMap<>();
    private final Map<String, Kept> holds = new TreeMap<>();
    private final Map<String, Kept> freezes = new TreeMap<>();
    private final Line line = new Line(this);
    private final Beginning beginning = new Beginning(this);
    private final Consent consent = new Consent(this);
    private final Effects effects = new Effects(this);
    private boolean recording = true;
    private Instant clock;
    private long number;
    private @Nullable Event before;

    Model(Map<String, List<String>> firstRoles, Instant since) {
        clock = since;
        firstRoles.forEach((role, persons) -> persons.forEach(
                person -> roles.computeIfAbsent(role, none -> new TreeMap<>()).put(person, since)));
    }

    void records(boolean open) {
        recording = open;
    }

    /** The clock shows this: whatever comes now happened no earlier, also where it was decided earlier. */
    void shows(Instant time) {
        clock = time;
    }

    void read(long given, Event event) {
        Promises.NUMBERED.demand(given == number + 1, "after", number + "", "came", given + ":", event + "");
        number = given;
        Optional<Story> story = find(event.id());
        Promises.ONE_END.demand(Ways.lead(story, event.kind()), event + " came after " + story);
        List<Event> events = new ArrayList<>(story.map(Story::events).orElse(List.of()));
        events.add(event);
        Story now = new Story(event.id(), given, events, Map.of());
        story.ifPresent(was -> follow(was, now, event));
        stories.put(event.id(), now);
        before = event;
    }

    private void follow(Story was, Story story, Event event) {
        owed().ifPresent(word -> Promises.KEPT.demand(
                event.kind() == Effects.owed(word) && event.id().equals(Effects.target(word)),
                "this was answered: " + word + ", and then came " + event));
        ended(was, event);
        switch (event.kind()) {
            case SCHEDULED -> beginning.scheduled(was, story, (Event.Scheduled) event);
            case QUEUED -> line.joined(was, story, (Event.Queued) event);
            case APPROVAL_REQUESTED -> beginning.mayBegin(was, event);
            case APPROVAL_GIVEN -> consent.given(was, (Event.ApprovalGiven) event);
            case GLASS_BROKEN -> consent.broken(was, (Event.GlassBroken) event);
            case DENIED -> consent.denied(was, (Event.Denied) event);
            case ADMITTED -> {
                beginning.mayBegin(was, event);
                beginning.begun(was, event);
                if (Rules.isRun(was)) {
                    consent.used(was, (Event.Admitted) event);
                    Rules.lock(was.instruction()).ifPresent(lock -> locks.put(lock, was.id()));
                }
            }
            case ANSWERED -> effects.of(story);
            case FINISHED ->
                Rules.lock(was.instruction())
                        .filter(lock -> ((Event.Finished) event).outcome() != Outcome.LOST)
                        .ifPresent(lock -> locks.remove(lock, was.id()));
            default -> {}
        }
    }

    /** Who ends something says why, and nothing is given up early. */
    private static void ended(Story was, Event event) {
        switch (event.kind()) {
            case REFUSED -> {
                Event.Refused refused = (Event.Refused) event;
                Promises.KEPT.demand(
                        !refused.reason().isBlank() && !refused.code().equals("failed"), event + "");
                Promises.KEPT.demand(
                        !WAITS.getOrDefault(was.state(), Set.of()).contains(refused.code()),
                        "it waits for that: " + was + ", and then came " + event);
                Beginning.onTime(was, event);
            }
            case EXPIRED -> Promises.KEPT.demand(event.at().isAfter(Deadlines.ofWaiting(was)), "early: " + was);
            case VOIDED -> {
                Promises.KEPT.demand(!((Event.Voided) event).reason().isBlank(), event + "");
                Promises.KEPT.demand(
                        was.state() != Kind.QUEUED || event.at().isAfter(Line.until(was)), "asks nobody anew: " + was);
            }
            default -> {}
        }
    }

    /** The word that was just answered, where its answer says what becomes of another command. */
    private Optional<Story> owed() {
        return Optional.ofNullable(before)
                .filter(Event.Answered.class::isInstance)
                .map(event -> story(event.id()))
                .filter(word -> Effects.owed(word) != null);
    }

    /** The word of this name about this command that the answer just read ends. */
    Optional<Story> word(String name, CommandId target) {
        return owed().filter(word -> word.instruction().command().equals(name))
                .filter(word -> Effects.target(word).equals(target));
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

    /** Which command has which lock. */
    Map<String, CommandId> locks() {
        return locks;
    }

    /** Who keeps which lock, also where his time is over. */
    Map<String, Kept> holds() {
        return holds;
    }

    /** Who froze what, also where that is over. */
    Map<String, Kept> freezes() {
        return freezes;
    }

    Optional<Kept> standing(Map<String, Kept> those, String name) {
        return Optional.ofNullable(those.get(name)).filter(kept -> kept.stands(clock));
    }

    /** Whether it cannot be said of everything that people keep whether its time is over. */
    boolean isUnsure() {
        return holds.values().stream().anyMatch(kept -> kept.isUnsure(clock))
                || freezes.values().stream().anyMatch(kept -> kept.isUnsure(clock));
    }

    /** Whether one more run may be under way. */
    boolean hasPlace() {
        return stories.values().stream()
                        .filter(story -> story.state() == Kind.ADMITTED && Rules.isRun(story))
                        .count()
                < Rules.AT_ONCE;
    }

    Line line() {
        return line;
    }

    Beginning beginning() {
        return beginning;
    }

    Consent consent() {
        return consent;
    }

    boolean isRecording() {
        return recording;
    }

    Instant clock() {
        return clock;
    }

    /** The latest time at which it can be said to have happened. */
    Instant time(Event event) {
        return event.at().isAfter(clock) ? event.at() : clock;
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
}
