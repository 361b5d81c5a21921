package io.signalbox.gate;

import io.signalbox.notation.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the planning playbook found and pinned: an object in which each object stands for a verb, as in
 * {@code {"environment": "staging", "swap": {"in": [{"id": …, "version": …}], "from": {"commit": …}, "refused": null}}}.
 *
 * @param value as {@link CanonicalJson#read} gives it, null where the command pins nothing
 */
record Facts(@Nullable Object value) {
    static final Facts NONE = new Facts(null);
    /** Everything is shown that an environment may have; more is no line any more. */
    private static final int LONGEST = 4000;

    /** Throws {@link IllegalArgumentException} for what is not a JSON object. */
    static Facts read(String json) {
        if (CanonicalJson.read(json) instanceof Map<?, ?> object) {
            return new Facts(object);
        }
        throw new IllegalArgumentException("facts are a JSON object");
    }

    @Nullable
    String canonical() {
        return value == null ? null : CanonicalJson.write(value);
    }

    /** Why the playbook would refuse what is planned, where it said so. */
    Optional<String> refused() {
        return verbs().stream()
                .map(verb -> verb.get("refused"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    /** The commit that serves now; {@code to} is the one that would. */
    Optional<String> from() {
        return commit("from");
    }

    Optional<String> to() {
        return commit("to");
    }

    private Optional<String> commit(String side) {
        return verbs().stream()
                .map(verb -> verb.get(side))
                .filter(Map.class::isInstance)
                .map(each -> ((Map<?, ?>) each).get("commit"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    /** For people: one line for each list of things that have an id, as in {@code in: i-0a (1.1), i-0b (1.1)}. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        verbs().forEach(verb -> verb.forEach((name, things) -> {
            if (things instanceof List<?> list
                    && !list.isEmpty()
                    && list.stream().allMatch(Facts::hasId)) {
                String listed = list.stream().map(Facts::thing).collect(Collectors.joining(", "));
                lines.add(PlainText.line(name + ": " + listed, LONGEST));
            }
        }));
        return lines;
    }

    private static boolean hasId(Object thing) {
        return thing instanceof Map<?, ?> map && map.get("id") instanceof String;
    }

    private static String thing(Object thing) {
        Map<?, ?> map = (Map<?, ?>) thing;
        Object version = map.get("version");
        return map.get("id") + (version == null ? "" : " (" + version + ")");
    }

    private List<Map<?, ?>> verbs() {
        List<Map<?, ?>> verbs = new ArrayList<>();
        if (value instanceof Map<?, ?> object) {
            object.values().stream()
                    .filter(Objects::nonNull)
                    .filter(Map.class::isInstance)
                    .forEach(verb -> verbs.add((Map<?, ?>) verb));
        }
        return verbs;
    }
}
