package io.signalbox.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run failed.
 *
 * @param task the failing task's name; null where no task had begun
 * @param hosts the hosts it failed on; may be empty
 * @param lines the last lines, redacted
 */
public record Failure(@Nullable String task, List<String> hosts, List<String> lines) {
    public Failure {
        hosts = List.copyOf(hosts);
        lines = List.copyOf(lines);
    }
}
