package io.signalbox.chat;

import java.time.Duration;

/** Times as people read them. */
final class SpokenTime {
    private SpokenTime() {}

    /** As one writes it in a hurry: {@code 20 s}, {@code 14 min}, {@code 5 h}, {@code 3 days}. */
    static String brief(Duration duration) {
        if (duration.toSeconds() < 120) {
            return duration.toSeconds() + " s";
        }
        if (duration.toMinutes() < 120) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
    }

    /** As one says it: {@code 20 seconds}, {@code 5 minutes}, {@code 2 hours}. */
    static String rough(Duration duration) {
        if (duration.toSeconds() < 120) {
            return duration.toSeconds() + " seconds";
        }
        return duration.toMinutes() < 120 ? duration.toMinutes() + " minutes" : duration.toHours() + " hours";
    }
}
