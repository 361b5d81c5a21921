package io.signalbox.runner;

import io.signalbox.bus.Instruction;
import io.signalbox.catalog.CommandSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The line that does by hand, with the bot dead, what a command does. A shell takes every word of it literally. */
public final class PasteLine {
    private final Invocations invocations;

    public PasteLine(Invocations invocations) {
        this.invocations = invocations;
    }

    /**
     * Throws {@link NotRunnable} where what was said cannot become a process. Values from the settings may be secret, so the
     * shell's own environment must have them: where one is missing the line says which and starts nothing. Those that come
     * from a file are read from it by the shell. They are assigned, not handed to env: its arguments anybody can list.
     */
    public String of(CommandSpec spec, Instruction instruction) {
        Invocation invocation = invocations.byHand(spec, instruction);
        List<String> words = new ArrayList<>();
        invocation.environment().forEach((name, value) -> words.add(name + "=" + quote(value)));
        invocations.fromSettings().stream()
                .filter(name -> !invocation.environment().containsKey(name))
                .sorted()
                .forEach(name -> words.add(name + "=\"${" + name + "?is in run.environment of the settings}\""));
        invocation
                .environmentFiles()
                .forEach((name, file) -> words.add(name + "=\"$(cat -- " + quote(file.toString()) + ")\""));
        invocation.argv().forEach(word -> words.add(quote(word)));
        if (!invocation.vars().isEmpty()) {
            words.add("-e");
            words.add(quote(json(invocation.vars())));
        }
        return "cd " + quote(invocation.folder().toString()) + " && " + String.join(" ", words);
    }

    /** ASCII only, so that no terminal and no chat can change it on its way. */
    private static String json(Map<String, Object> vars) {
        return UnsafeJson.of(vars)
                .encode()
                .chars()
                .mapToObj(unit -> unit < 0x7f ? Character.toString(unit) : String.format("\\u%04x", unit))
                .collect(Collectors.joining());
    }

    private static String quote(String word) {
        boolean plain = !word.isEmpty() && word.chars().allMatch(c -> "/._-:,@%+=".indexOf(c) >= 0 || isWord(c));
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean isWord(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
