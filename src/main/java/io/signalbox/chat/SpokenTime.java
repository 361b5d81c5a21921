package io.signalbox.chat;

import java.time.Duration;

/** Times as people read them. */
final class SpokenTime {
    private SpokenTime() {}

    /** As on a stopwatch: {@code 0:07}, {@code 12:30}, {@code 1:02:03}. */
    static String stopwatch(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** As one says it: {@code 20 seconds}, {@code 5 minutes}, {@code 2 hours}. */
    static String rough(Duration duration) {
        if (duration.toSeconds() < 120) {
            return duration.toSeconds() + " seconds";
        }
        return duration.toMinutes() < 120 ? duration.toMinutes() + " minutes" : duration.toHours() + " hours";
    }
}
