package io.signalbox.catalog;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/**
 * A time of each week in which nothing new begins.
 *
 * @param environment empty where it is for everything
 * @param zone of both times; the window follows its clocks when they are put forward or back
 */
public record FreezeWindow(Optional<String> environment, Moment from, Moment to, ZoneId zone, String because) {
    /** A moment of the week, as in {@code Fri 16:00}. */
    public record Moment(DayOfWeek day, LocalTime time) {
        private ZonedDateTime nextAfter(ZonedDateTime when) {
            ZonedDateTime next = when.with(TemporalAdjusters.nextOrSame(day)).with(time);
            return next.isAfter(when)
                    ? next
                    : when.with(TemporalAdjusters.next(day)).with(time);
        }

        @Override
        public String toString() {
            return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " " + time;
        }
    }

    /** As in {@code production is frozen each week from Fri 16:00 to Mon 08:00 UTC, now until 08:00: …}; {@code when} as said. */
    public String shown(String when) {
        return scope() + " is frozen each week from " + from + " to " + to + " " + zone + ", " + when + ": " + because;
    }

    private String scope() {
        return environment.orElse("everything");
    }

    public boolean concerns(Optional<String> other) {
        return environment.isEmpty() || environment.equals(other);
    }

    /** When the window that stands now ends; empty where none does. */
    public Optional<Instant> end(Instant now) {
        Instant end = to.nextAfter(now.atZone(zone)).toInstant();
        return end.isBefore(begin(now)) ? Optional.of(end) : Optional.empty();
    }

    /** When the next window begins after this moment. */
    public Instant begin(Instant now) {
        return from.nextAfter(now.atZone(zone)).toInstant();
    }
}
