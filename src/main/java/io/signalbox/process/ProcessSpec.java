package io.signalbox.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A program to start.
 *
 * @param argv the program, absolute or found by the PATH of {@code environment}, and its arguments; no shell sees them
 * @param environment complete: nothing is inherited; one that is waited for gets a SIGNALBOX_CHILD besides
 * @param folder the working directory
 * @param timeout after which the program and all its descendants are killed; means nothing for a detached one
 * @param outputLimit bytes kept of each of output and errors; means nothing for a detached one
 */
public record ProcessSpec(
        List<String> argv, Map<String, String> environment, Path folder, Duration timeout, int outputLimit) {
    public ProcessSpec {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty() || argv.get(0).isEmpty()) {
            throw new IllegalArgumentException("a process needs a program to start");
        }
        if (argv.get(0).startsWith("-") || argv.get(0).indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                    "'" + argv.get(0) + "' cannot be started: a program's name begins with no '-' and holds no '='");
        }
        argv.forEach(word -> refuseNul("an argument", word));
        environment.forEach((name, value) -> {
            refuseNul("the name of a variable", name);
            refuseNul("the variable " + name, value);
        });
    }

    /** Without the values of {@code environment}, which may be secret. */
    @Override
    public String toString() {
        return "ProcessSpec[argv=" + argv + ", environment=" + new TreeSet<>(environment.keySet()) + ", folder="
                + folder + ", timeout=" + timeout + ", outputLimit=" + outputLimit + "]";
    }

    private static void refuseNul(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " holds a NUL, which no program can be handed");
        }
    }
}
