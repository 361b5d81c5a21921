package io.signalbox.bus;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param stage the play that is under way; null before the first
 * @param task the task that is under way; null before the first
 * @param number how many tasks have begun
 * @param of how many tasks earlier runs of the same command had; 0 where unknown
 * @param elapsed since the process started
 * @param left from earlier runs of the same command; null where unknown
 */
public record Progress(
        @Nullable String stage,
        int stageNumber,
        int stages,
        @Nullable String task,
        int number,
        int of,
        List<HostProgress> hosts,
        Duration elapsed,
        @Nullable Duration left) {
    public Progress {
        hosts = List.copyOf(hosts);
    }

    /** One host: how many tasks went well, changed something, failed; and whether it can be reached. */
    public record HostProgress(String host, int ok, int changed, int failed, boolean unreachable) {}
}
