package io.signalbox.chat;

import java.time.Duration;

/** Times as people read them. */
final class SpokenTime {
    private SpokenTime() {}

    /** As one says it: {@code 20 seconds}, {@code 5 minutes}, {@code 2 hours}. */
    static String rough(Duration duration) {
        if (duration.toSeconds() < 120) {
            return duration.toSeconds() + " seconds";
        }
        return duration.toMinutes() < 120 ? duration.toMinutes() + " minutes" : duration.toHours() + " hours";
    }
}
