package io.signalbox.brain;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One command and everything that happened to it.
 *
 * @param sequence the number of its last event
 * @param events oldest first, never empty
 * @param marks what stages noted on it
 */
public record Story(CommandId id, long sequence, List<Event> events, Map<String, String> marks) {
    /** How old what was said may be when it is begun: a bot that was away must not begin by doing what was said hours ago. */
    public static final Duration TIMELY = Duration.ofMinutes(5);

    public Story {
        events = List.copyOf(events);
        marks = Map.copyOf(marks);
    }

    public Kind state() {
        return events.get(events.size() - 1).kind();
    }

    public Event last() {
        return events.get(events.size() - 1);
    }

    public Event.Requested requested() {
        return (Event.Requested) events.get(0);
    }

    /** Whether it came to a run, also where the catalog has lost the command since. */
    public boolean isOfRun() {
        return events.stream().anyMatch(Event::isOfRun);
    }

    /** Where the audit log stood when it had the end of this run, as {@code audit verify --anchor} takes it. */
    public Optional<String> anchor() {
        return Optional.ofNullable(marks.get("anchor"));
    }

    /** What an admitted command waits for, as in {@code waits for its turn, place 2: no more than 8 at once}. */
    public String turn() {
        String why = marks.get("waits");
        return "waits for its turn" + (why == null ? "" : ", " + why);
    }

    /** Whether it waited for others, so that whoever said it has to be told the end anew. */
    public boolean hasWaited() {
        return events.stream()
                .anyMatch(event -> event.kind() == Kind.QUEUED || event.kind() == Kind.APPROVAL_REQUESTED);
    }

    /** Whether it was in this state before the one it is in. */
    public boolean cameFrom(Kind state) {
        return events.size() > 1 && events.get(events.size() - 2).kind() == state;
    }

    /** The newest event of this type, if there was one. */
    public <T extends Event> Optional<T> last(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).reduce((first, second) -> second);
    }

    /** Those who agreed to the plan that was asked about last, oldest first: each person once. */
    public List<Event.ApprovalGiven> approvals() {
        return sinceAsked(Event.ApprovalGiven.class);
    }

    /** Who went on alone with the plan that was asked about last. */
    public Optional<Event.GlassBroken> brokenGlass() {
        return sinceAsked(Event.GlassBroken.class).stream().findFirst();
    }

    /** Whether as many have agreed as it needs, or the glass was broken. */
    public boolean isAgreed() {
        return brokenGlass().isPresent()
                || last(Event.ApprovalRequested.class)
                        .filter(request -> approvals().size() >= request.needed())
                        .isPresent();
    }

    private <T extends Event> List<T> sinceAsked(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.ApprovalRequested) {
                found.clear();
            } else if (type.isInstance(event)) {
                found.add(type.cast(event));
            }
        }
        return found;
    }

    /** The number up to which there is something to tell: what a stage marked may be newer than the last event. */
    public double news() {
        return Math.max((double) sequence, Double.parseDouble(marks.getOrDefault("news", "0")));
    }

    /** What was understood; throws {@link IllegalStateException} on a command that was not understood. */
    public Instruction instruction() {
        return last(Event.Understood.class)
                .orElseThrow(() -> new IllegalStateException("command " + id + " was not understood"))
                .instruction();
    }
}
