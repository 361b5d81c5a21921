package io.signalbox.about;

import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Everything that can be said, by the first part of the commands' names, and what there is to know about one of them. */
final class Help {
    private static final String ABOUT = "the bot";

    private final Supplier<Catalog> catalog;

    Help(Supplier<Catalog> catalog) {
        this.catalog = catalog;
    }

    String all() {
        Map<String, List<CommandSpec>> groups = new LinkedHashMap<>();
        catalog.get().commands().values().stream()
                .filter(CommandSpec::startsProcess)
                .forEach(spec -> groups.computeIfAbsent(group(spec), name -> new ArrayList<>())
                        .add(spec));
        catalog.get().commands().values().stream()
                .filter(spec -> !spec.startsProcess())
                .forEach(spec ->
                        groups.computeIfAbsent(ABOUT, name -> new ArrayList<>()).add(spec));
        List<String> lines = new ArrayList<>();
        lines.add("What can be said, after `signalbox` (`help WORD` tells more):");
        groups.forEach((name, specs) -> {
            lines.add(name + ":");
            specs.forEach(spec -> lines.add("  " + spec.say().get(0) + " – " + spec.help()));
        });
        return String.join("\n", lines);
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
        lines.add(spec.say().get(0) + " – " + spec.help());
        spec.say().stream().skip(1).forEach(say -> lines.add("  or " + say));
        lines.add("  may be said by: " + spec.roles().stream().sorted().collect(Collectors.joining(", ")));
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
        int dot = spec.name().indexOf('.');
        return dot < 0 ? spec.name() : spec.name().substring(0, dot);
    }
}
