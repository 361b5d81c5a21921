package io.signalbox.catalog;

import io.signalbox.notation.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names that the locks of a catalog can have. A lock that no command takes would keep nobody out. */
public final class LockNames {
    private static final String ENVIRONMENT = "environment";

    /** What somebody's word for a lock comes to. */
    public sealed interface Meaning {}

    public record Known(String name) implements Meaning {}

    /** {@code reason} is a sentence; {@code help} what there is. */
    public record NoLock(String reason, String help) implements Meaning {}

    private final Map<String, Optional<String>> environments = new TreeMap<>();
    private final List<Pattern> open = new ArrayList<>();

    private LockNames() {}

    public static LockNames of(Catalog catalog) {
        return of(catalog, catalog.commands().keySet());
    }

    /** Those of these commands of the catalog. */
    public static LockNames of(Catalog catalog, Set<String> commands) {
        LockNames names = new LockNames();
        catalog.commands().values().stream()
                .filter(spec -> commands.contains(spec.name()))
                .flatMap(spec -> spec.lock().stream())
                .forEach(lock -> names.add(lock, catalog));
        return names;
    }

    private void add(String template, Catalog catalog) {
        List<Map<String, String>> fillings = List.of(Map.of());
        for (String name : Template.names(template)) {
            ArgumentType type = catalog.arguments().get(name);
            if (type == null || type.form() != ArgumentType.Form.ONE_OF) {
                open.add(pattern(template));
                return;
            }
            fillings = fillings.stream()
                    .flatMap(filling -> type.values().stream().map(value -> with(filling, name, value)))
                    .toList();
        }
        fillings.forEach(filling ->
                environments.put(Template.fill(template, filling), Optional.ofNullable(filling.get(ENVIRONMENT))));
    }

    private static Map<String, String> with(Map<String, String> filling, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(filling);
        more.put(name, value);
        return more;
    }

    /** Of a lock whose names cannot be listed, as one for each git reference. */
    private static Pattern pattern(String template) {
        String words = Template.names(template).stream()
                .reduce(template, (text, name) -> text.replace("{" + name + "}", "\\E.+\\Q"));
        return Pattern.compile("\\Q" + words + "\\E");
    }

    /** An environment means its lock where it has just one. */
    public Meaning meant(String said) {
        Optional<String> exact =
                environments.keySet().stream().filter(said::equalsIgnoreCase).findFirst();
        if (exact.isPresent()) {
            return new Known(exact.get());
        }
        if (open.stream().anyMatch(pattern -> pattern.matcher(said).matches())) {
            return new Known(said);
        }
        List<String> ofEnvironment = of(said);
        if (ofEnvironment.size() == 1) {
            return new Known(ofEnvironment.get(0));
        }
        return ofEnvironment.isEmpty()
                ? new NoLock(
                        "There is no lock '" + said + "'"
                                + Nearest.to(said, environments.keySet())
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse("."),
                        listed())
                : new NoLock(
                        said + " has several locks: which one?", "There are " + String.join(", ", ofEnvironment) + ".");
    }

    /** The locks of an environment. */
    public List<String> of(String environment) {
        return environments.entrySet().stream()
                .filter(each ->
                        each.getValue().filter(environment::equalsIgnoreCase).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The environment that this lock is for, where the catalog says so. */
    public Optional<String> environment(String name) {
        return environments.getOrDefault(name, Optional.empty());
    }

    /** A sentence that names them all. */
    public String listed() {
        return environments.isEmpty()
                ? "No command of the catalog takes a lock."
                : environments.keySet().stream().collect(Collectors.joining(", ", "There are ", "."));
    }
}
