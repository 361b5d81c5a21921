package io.signalbox.audit;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Person;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records are printed. Those of one command belong together: what it was about and who took part is known a few
 * records after its first, so they are held back until then.
 *
 * @param <T> what is printed for a record
 */
final class Selection<T> {
    private final Criteria criteria;
    private final Map<CommandId, Pending<T>> pending = new HashMap<>();
    private final Set<CommandId> chosen = new HashSet<>();

    Selection(Criteria criteria) {
        this.criteria = criteria;
    }

    private static final class Pending<T> {
        private final Deque<T> held = new ArrayDeque<>();
        private boolean person;
        private boolean environment;
    }

    /** What is to be printed now that this record was read; {@code by} is who did it, where that is known. */
    List<T> add(Event event, @Nullable Person by, T print) {
        if (criteria.command().filter(wanted -> !wanted.equals(event.id())).isPresent()) {
            return List.of();
        }
        boolean timely =
                criteria.since().filter(since -> event.at().isBefore(since)).isEmpty();
        List<T> now =
                chosen.contains(event.id()) ? (timely ? List.of(print) : List.of()) : held(event, by, print, timely);
        if (event.kind().isTerminal()) {
            pending.remove(event.id());
            chosen.remove(event.id());
        }
        return now;
    }

    private List<T> held(Event event, @Nullable Person by, T print, boolean timely) {
        Pending<T> command = pending.computeIfAbsent(event.id(), id -> new Pending<>());
        if (timely) {
            command.held.add(print);
        }
        command.person |= criteria.person()
                .map(wanted -> by != null && isSame(wanted, by))
                .orElse(true);
        command.environment |=
                criteria.environment().map(wanted -> isIn(wanted, event)).orElse(true);
        if (!command.person || !command.environment) {
            return List.of();
        }
        chosen.add(event.id());
        pending.remove(event.id());
        return List.copyOf(command.held);
    }

    private static boolean isSame(String wanted, Person by) {
        String name = wanted.startsWith("@") ? wanted.substring(1) : wanted;
        return by.id().equals(wanted) || by.name().equalsIgnoreCase(name);
    }

    private static boolean isIn(String wanted, Event event) {
        return event instanceof Event.Understood understood
                && wanted.equalsIgnoreCase(understood.instruction().arguments().get("environment"));
    }
}
