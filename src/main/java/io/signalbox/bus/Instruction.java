package io.signalbox.bus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a person's words mean, in the catalog's terms.
 *
 * @param command the command's name in the catalog, as in {@code backend.deploy}
 * @param canonical the words in the form that Signalbox echoes
 * @param arguments checked and normalised, by name, in the order of the pattern; a list of hosts is joined by commas
 * @param manner whether it waits, and for what
 */
public record Instruction(String command, String canonical, Map<String, String> arguments, Manner manner) {
    public Instruction {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** At once. */
    public Instruction(String command, String canonical, Map<String, String> arguments) {
        this(command, canonical, arguments, Manner.NOW);
    }

    /** The same, queued where its lock is held. */
    public Instruction waiting() {
        return new Instruction(command, canonical, arguments, new Manner(true, manner.due()));
    }
}
