package io.signalbox.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be said, in the order of the files. Made by the loader, which has checked all of it.
 *
 * @param schedules what the catalog itself says, by name
 * @param freezes times of each week in which nothing new begins
 * @param sources SHA-256 in hex of the files it was read from: another text there may be another meaning of a command
 */
public record Catalog(
        Map<String, CommandSpec> commands,
        Map<String, ArgumentType> arguments,
        Map<String, CronLine> schedules,
        List<FreezeWindow> freezes,
        PolicySpec policy,
        String sources) {
    /** One that says nothing itself, freezes nothing, and without a policy. */
    public Catalog(Map<String, CommandSpec> commands, Map<String, ArgumentType> arguments, String sources) {
        this(commands, arguments, Map.of(), List.of(), PolicySpec.NONE, sources);
    }

    public Catalog {
        freezes = List.copyOf(freezes);
        commands = Collections.unmodifiableMap(new LinkedHashMap<>(commands));
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        schedules = Collections.unmodifiableMap(new LinkedHashMap<>(schedules));
    }

    public Optional<CommandSpec> find(String name) {
        return Optional.ofNullable(commands.get(name));
    }

    /** The command of this name; throws {@link IllegalArgumentException} where the catalog has changed and lost it. */
    public CommandSpec command(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("the catalog has no command '" + name + "'"));
    }
}
