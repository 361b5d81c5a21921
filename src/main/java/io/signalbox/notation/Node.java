package io.signalbox.notation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of YAML that knows its line. Scalars are texts: what they mean is decided by whoever reads them. */
public sealed interface Node {
    Place place();

    /** What a person would call it: a text, a list, a table. */
    String title();

    /** One value; empty where nothing was written. */
    record Scalar(Place place, String text) implements Node {
        @Override
        public String title() {
            return text.isEmpty() ? "nothing" : "a text";
        }
    }

    record Items(Place place, List<Node> items) implements Node {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String title() {
            return "a list";
        }
    }

    /** Keys in the order of the file. */
    record Table(Place place, Map<String, Entry> entries) implements Node {
        public Table {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String title() {
            return "a table";
        }
    }

    /** {@code place} is that of the key. */
    record Entry(Place place, Node value) {}
}
