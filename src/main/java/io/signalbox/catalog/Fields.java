package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Nearest;
import io.signalbox.notation.Node;
import io.signalbox.notation.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A table of the catalog, read key by key; what is not as it should be is noted with its line. */
final class Fields {
    /** A text and where it stands. */
    record Text(Place place, String value) {}

    private final Place place;
    private final Map<String, Node.Entry> entries;
    private final Mistakes mistakes;

    private Fields(Place place, Map<String, Node.Entry> entries, Mistakes mistakes) {
        this.place = place;
        this.entries = entries;
        this.mistakes = mistakes;
    }

    /** Empty, with a mistake, where the value is not a table. */
    static Optional<Fields> of(String name, Node.Entry entry, Mistakes mistakes) {
        if (entry.value() instanceof Node.Table table) {
            return Optional.of(new Fields(entry.place(), table.entries(), mistakes));
        }
        mistakes.add(
                entry.place(),
                "'" + name + "' is to be a table of keys and values, not "
                        + entry.value().title());
        return Optional.empty();
    }

    Place place() {
        return place;
    }

    Map<String, Node.Entry> entries() {
        return entries;
    }

    /** Notes every key that is none of these. */
    void refuseOthersThan(List<String> known) {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                String hint = Nearest.hint(key, known);
                mistakes.add(
                        entry.place(),
                        "there is no key '" + key + "' here"
                                + (hint.isEmpty() ? "; there are " + String.join(", ", known) : hint));
            }
        });
    }

    Optional<Node.Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    Optional<Fields> table(String key) {
        return entry(key).flatMap(entry -> of(key, entry, mistakes));
    }

    Optional<Text> text(String key) {
        return entry(key).flatMap(entry -> scalar(key, entry.place(), entry.value()));
    }

    /** Notes its absence, with what would be right. */
    Optional<Text> requiredText(String key, String example) {
        if (entry(key).isEmpty()) {
            mistakes.add(place, "'" + key + ":' is missing, as in " + example);
        }
        return text(key);
    }

    /** One text, or a list of them. */
    List<Text> texts(String key) {
        List<Text> texts = new ArrayList<>();
        entry(key).ifPresent(entry -> {
            if (entry.value() instanceof Node.Items list) {
                list.items().forEach(item -> scalar(key, item.place(), item).ifPresent(texts::add));
            } else {
                scalar(key, entry.place(), entry.value()).ifPresent(texts::add);
            }
        });
        return texts;
    }

    /** A table whose values are texts. */
    Map<String, Text> textsByName(String key) {
        Map<String, Text> texts = new LinkedHashMap<>();
        table(key)
                .ifPresent(table -> table.entries()
                        .forEach((name, entry) ->
                                scalar(name, entry.place(), entry.value()).ifPresent(text -> texts.put(name, text))));
        return texts;
    }

    /** The value that is called so, in small letters; empty, with a mistake, where none is. */
    <T extends Enum<T>> Optional<T> oneOf(String key, Text said, T[] values) {
        Map<String, T> known = new LinkedHashMap<>();
        for (T value : values) {
            known.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        if (!known.containsKey(said.value())) {
            mistakes.add(
                    said.place(),
                    "'" + key + "' is one of " + String.join(", ", known.keySet())
                            + Nearest.hint(said.value(), known.keySet()));
        }
        return Optional.ofNullable(known.get(said.value()));
    }

    private Optional<Text> scalar(String key, Place at, Node node) {
        if (node instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
            return Optional.of(new Text(at, scalar.text()));
        }
        mistakes.add(at, "'" + key + "' is to be a text, not " + node.title());
        return Optional.empty();
    }
}
