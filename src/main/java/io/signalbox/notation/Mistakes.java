package io.signalbox.notation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects mistakes, so that people see all of them at once. */
public final class Mistakes {
    private final List<Mistake> found = new ArrayList<>();

    public void add(Place place, String text) {
        found.add(new Mistake(place, text));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public int count() {
        return found.size();
    }

    /** By file and line, each once. */
    public List<Mistake> all() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Mistake::place))
                .toList();
    }
}
