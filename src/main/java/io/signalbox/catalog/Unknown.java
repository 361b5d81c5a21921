package io.signalbox.catalog;

import io.signalbox.notation.Nearest;
import java.util.Collection;
import java.util.stream.Collectors;

/** How the catalog speaks of names that do not exist. */
final class Unknown {
    private Unknown() {}

    static String argument(String name, Collection<String> known) {
        String hint = Nearest.hint(name, known);
        return "there is no argument '" + name + "'"
                + (hint.isEmpty() ? "; under arguments: there are " + listed(known) : hint);
    }

    static String listed(Collection<String> names) {
        return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
    }
}
