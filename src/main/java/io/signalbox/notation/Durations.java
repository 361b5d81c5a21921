package io.signalbox.notation;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 20s}, {@code 5m}, {@code 2h}. */
public final class Durations {
    public static final String EXAMPLE = "a number and s, m or h, as in 20s, 5m or 2h";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([smh])");

    private Durations() {}

    /** Empty where the text is not a duration of at least a second. */
    public static Optional<Duration> read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        Duration duration = switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        return duration.isZero() ? Optional.empty() : Optional.of(duration);
    }

    /** As on a stopwatch: {@code 0:07}, {@code 12:30}, {@code 1:02:03}. */
    public static String stopwatch(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** The shortest form that {@link #read} takes. */
    public static String write(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
