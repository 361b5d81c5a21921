package io.signalbox.runner;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A process as it will be started; nothing of a person is anything but one argument or one variable of it.
 *
 * @param environment complete but for {@code environmentFiles}
 * @param environmentFiles variables whose values are the contents of these files
 * @param folder the working directory
 * @param vars of a playbook, to be written by {@link VarsFile} before the start: texts, numbers, booleans, lists, maps
 */
public record Invocation(
        List<String> argv,
        Map<String, String> environment,
        Map<String, Path> environmentFiles,
        Path folder,
        Map<String, Object> vars) {
    public Invocation {
        argv = List.copyOf(argv);
        environment = sorted(environment);
        environmentFiles = sorted(environmentFiles);
        vars = sorted(vars);
    }

    /** Without the values of {@code environment}, which may be secret. */
    @Override
    public String toString() {
        return "Invocation[argv=" + argv + ", environment=" + environment.keySet() + ", environmentFiles="
                + environmentFiles + ", folder=" + folder + ", vars=" + vars.keySet() + "]";
    }

    private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
