package io.signalbox.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What earlier runs of the same command let one expect.
 *
 * @param duration the median; zero where there was none
 * @param tasks the median; 0 where there was none
 */
record Expectation(Duration duration, int tasks) {
    static final Expectation NONE = new Expectation(Duration.ZERO, 0);

    /** From entries as {@link #entry} writes them; what cannot be read does not count. */
    static Expectation of(List<String> entries) {
        List<Long> millis = new ArrayList<>();
        List<Long> tasks = new ArrayList<>();
        for (String entry : entries) {
            String[] parts = entry.split(" ", -1);
            if (parts.length == 2 && parts[0].matches("\\d{1,15}") && parts[1].matches("\\d{1,9}")) {
                millis.add(Long.parseLong(parts[0]));
                tasks.add(Long.parseLong(parts[1]));
            }
        }
        return millis.isEmpty()
                ? NONE
                : new Expectation(Duration.ofMillis(median(millis)), Math.toIntExact(median(tasks)));
    }

    static String entry(Duration took, int tasks) {
        return took.toMillis() + " " + tasks;
    }

    /** Empty where nothing is known, or it takes longer than it usually does. */
    Optional<Duration> left(Duration elapsed) {
        return Optional.of(duration.minus(elapsed)).filter(left -> !left.isNegative() && !left.isZero());
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
