package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Nearest;
import io.signalbox.notation.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The spans of time that a catalog gives names to, so that the setting {@code times} can say others than it does. */
final class Times {
    private final Map<String, Duration> others;
    private final Set<String> named = new TreeSet<>();

    Times(Map<String, Duration> others) {
        this.others = others;
    }

    Duration of(String name, Duration usual) {
        named.add(name);
        return others.getOrDefault(name, usual);
    }

    /** A setting that nothing in the catalog is named after would do nothing, and nobody would notice. */
    void refuseUnknown(Mistakes mistakes) {
        others.keySet().stream().filter(name -> !named.contains(name)).forEach(name -> {
            String hint = Nearest.hint(name, named);
            mistakes.add(
                    new Place("settings", 1),
                    "times." + name + ": no 'time:' in the catalog has this name"
                            + (hint.isEmpty() ? "; there are " + Unknown.listed(named) : hint));
        });
    }
}
