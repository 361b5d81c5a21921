package io.signalbox.about;

import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that can be said, by the first part of the commands' names, and what there is to know about one of them. */
final class Help {
    private static final String ABOUT = "the bot";

    private final Supplier<Catalog> catalog;

    Help(Supplier<Catalog> catalog) {
        this.catalog = catalog;
    }

    /** What the person who asks may say, {@code sayable} by name, and how much more there is. */
    String here(Set<String> sayable) {
        List<CommandSpec> shown =
                specs().filter(spec -> sayable.contains(spec.name())).toList();
        long more = specs().count() - shown.size();
        String head = "What can be said by you here, after `signalbox` (`help WORD` tells more):";
        String rest = more == 0
                ? ""
                : "\n" + more + " more " + (more == 1 ? "needs" : "need")
                        + " another role or another room: `help all` shows them too.";
        return listed(head, shown, Help::line) + rest;
    }

    /** Everything, and by whom what the person who asks may not say. */
    String all(Set<String> sayable) {
        return listed(
                "What can be said, after `signalbox` (`help WORD` tells more):",
                specs().toList(),
                spec -> line(spec) + (sayable.contains(spec.name()) ? "" : " (" + roles(spec) + ")"));
    }

    /** Everything, for whoever asks. */
    String all() {
        return all(catalog.get().commands().keySet());
    }

    private Stream<CommandSpec> specs() {
        return catalog.get().commands().values().stream();
    }

    /** What starts something first, by the first part of the commands' names, then the words about the bot. */
    private static String listed(String head, List<CommandSpec> specs, Function<CommandSpec, String> line) {
        Map<String, List<CommandSpec>> groups = new LinkedHashMap<>();
        Stream.concat(
                        specs.stream().filter(CommandSpec::startsProcess),
                        specs.stream().filter(spec -> !spec.startsProcess()))
                .forEach(spec -> groups.computeIfAbsent(group(spec), name -> new ArrayList<>())
                        .add(spec));
        List<String> lines = new ArrayList<>(List.of(head));
        groups.forEach((name, group) -> {
            lines.add(name + ":");
            group.forEach(spec -> lines.add("  " + line.apply(spec)));
        });
        return String.join("\n", lines);
    }

    private static String line(CommandSpec spec) {
        return spec.say().get(0) + " – " + spec.help();
    }

    private static String roles(CommandSpec spec) {
        return spec.roles().isEmpty()
                ? "nobody"
                : spec.roles().stream().sorted().collect(Collectors.joining(" or "));
    }

    /** Every command with this word in its name or its words. */
    String about(String topic) {
        String wanted = topic.toLowerCase(Locale.ROOT);
        List<CommandSpec> found = catalog.get().commands().values().stream()
                .filter(spec -> spec.name().contains(wanted)
                        || spec.say().stream()
                                .anyMatch(say -> say.toLowerCase(Locale.ROOT).contains(wanted)))
                .toList();
        if (found.isEmpty()) {
            return "There is nothing about '" + topic + "'.\n" + all();
        }
        return found.stream().map(Help::whole).collect(Collectors.joining("\n"));
    }

    private static String whole(CommandSpec spec) {
        List<String> lines = new ArrayList<>();
        lines.add(line(spec));
        spec.say().stream().skip(1).forEach(say -> lines.add("  or " + say));
        lines.add("  may be said by: " + roles(spec));
        spec.approval()
                .ifPresent(approval -> lines.add("  needs another " + approval.by()
                        + (approval.when().isEmpty()
                                ? ""
                                : " for "
                                        + approval.when().values().stream()
                                                .sorted()
                                                .collect(Collectors.joining(", ")))));
        spec.lock().ifPresent(lock -> lines.add("  one at a time: " + lock));
        spec.consequences().forEach(sentence -> lines.add("  " + sentence));
        return String.join("\n", lines);
    }

    private static String group(CommandSpec spec) {
        if (!spec.startsProcess()) {
            return ABOUT;
        }
        int dot = spec.name().indexOf('.');
        return dot < 0 ? spec.name() : spec.name().substring(0, dot);
    }
}
