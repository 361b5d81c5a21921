package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A lock or a freeze that a person keeps until it is ended or its time is over. It counts from when the gate looked, which
 * was between the question and the answer: so its end is between two moments, mostly the same.
 */
record Kept(String by, Instant earliest, Instant latest) {
    /** As the answer that ends this word says. */
    static Kept by(Story word) {
        Optional<Duration> time = time(word);
        return new Kept(
                word.requested().by().id(),
                time.map(word.requested().at()::plus).orElse(Instant.MAX),
                time.map(word.last().at()::plus).orElse(Instant.MAX));
    }

    /** As the brain has it. */
    static Kept by(String person, Optional<Instant> until) {
        Instant end = until.orElse(Instant.MAX);
        return new Kept(person, end, end);
    }

    static Optional<Duration> time(Story word) {
        return Optional.ofNullable(word.instruction().arguments().get("time"))
                .map(said -> Duration.parse("PT" + said.toUpperCase(Locale.ROOT)));
    }

    boolean hasEnd() {
        return latest.isBefore(Instant.MAX);
    }

    Kept longer(Duration time) {
        return new Kept(by, earliest.plus(time), latest.plus(time));
    }

    boolean stands(Instant at) {
        return at.isBefore(earliest);
    }

    boolean isOver(Instant at) {
        return !at.isBefore(latest);
    }

    boolean mayEnd(Instant at) {
        return !at.isBefore(earliest) && !at.isAfter(latest);
    }

    boolean isUnsure(Instant at) {
        return !stands(at) && !isOver(at);
    }

    /** Whether this is what the other one may be, where that is known to within two moments. */
    private boolean isOneOf(Kept other) {
        return by.equals(other.by) && other.mayEnd(earliest);
    }

    /** Whether the brain has what it has to have at that moment, and nothing else; what is over may stand there still. */
    static boolean areSo(Map<String, Kept> due, Map<String, Kept> found, Instant at) {
        Set<String> names = new TreeSet<>(due.keySet());
        names.addAll(found.keySet());
        return names.stream().allMatch(name -> {
            Optional<Kept> there = Optional.ofNullable(found.get(name)).filter(kept -> kept.stands(at));
            Optional<Kept> wanted = Optional.ofNullable(due.get(name)).filter(kept -> !kept.isOver(at));
            return there.isPresent()
                    ? wanted.filter(kept -> there.get().isOneOf(kept)).isPresent()
                    : wanted.filter(kept -> kept.stands(at)).isEmpty();
        });
    }
}
