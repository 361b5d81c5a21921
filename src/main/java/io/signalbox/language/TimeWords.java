package io.signalbox.language;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as people say them: {@code in 2h}, {@code at 18:30}, {@code tomorrow at 9:00}, {@code at 2026-11-22 07:00}. */
public final class TimeWords {
    public static final String EXAMPLE =
            "as in `in 2h`, `at 18:30`, `tomorrow at 9:00` or `at 2026-11-22 07:00 Europe/Berlin`";

    private static final Pattern SPAN =
            Pattern.compile("in ([0-9]{1,5}) ?(s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)");
    private static final Pattern CLOCK = Pattern.compile(
            "(?:(?<day>today|tomorrow|(?:on |at )?(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})),? )?(?:at )?"
                    + "(?<hour>[0-9]{1,2})[:.](?<minute>[0-9]{2})(?::(?<second>[0-9]{2}))?(?: (?<zone>[A-Za-z][A-Za-z0-9_/+-]+))?");
    /** A sentence may end with a bare day and time, and with a bare time only after {@code at}: 18:30 alone may be a value. */
    private static final Pattern BEGIN =
            Pattern.compile("(in [0-9]|at [0-9]|on [0-9]{4}-|today |tomorrow |[0-9]{4}-).*");

    private static final Pattern LITTLE = Pattern.compile("\\b(In|IN|At|AT|On|ON|Today|TODAY|Tomorrow|TOMORROW)\\b");
    /** As in {@code on 2026-11-22 at 07:00 UTC}. */
    private static final int MOST_WORDS = 5;

    /** What words about a time come to. */
    public sealed interface Reading {}

    public record Moment(Instant due) implements Reading {}

    /** They are about a time, and cannot be; {@code why} is a sentence. */
    public record NoMoment(String why) implements Reading {}

    private TimeWords() {}

    /** Empty where the words are about no time at all. Times without a zone are in {@code zone}. */
    public static Optional<Reading> read(String said, Instant now, ZoneId zone) {
        String text = said.strip();
        Matcher span = SPAN.matcher(text.toLowerCase(Locale.ROOT));
        if (span.matches()) {
            return Optional.of(new Moment(now.plus(span(span))));
        }
        Matcher clock = CLOCK.matcher(lower(text));
        if (!clock.matches() || !BEGIN.matcher(lower(text)).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(moment(clock, now, zone));
        } catch (DateTimeException wrong) {
            return Optional.of(new NoMoment("'" + text + "' is not a time: " + wrong.getMessage() + "."));
        }
    }

    /** Zones keep their capitals. */
    private static String lower(String text) {
        return LITTLE.matcher(text).replaceAll(word -> word.group().toLowerCase(Locale.ROOT));
    }

    private static Duration span(Matcher span) {
        long number = Long.parseLong(span.group(1));
        return switch (span.group(2).charAt(0)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static Reading moment(Matcher clock, Instant now, ZoneId standard) {
        ZoneId zone = clock.group("zone") == null ? standard : ZoneId.of(clock.group("zone"));
        int second = clock.group("second") == null ? 0 : Integer.parseInt(clock.group("second"));
        LocalTime time =
                LocalTime.of(Integer.parseInt(clock.group("hour")), Integer.parseInt(clock.group("minute")), second);
        LocalDate today = Due.day(now, zone);
        String day = clock.group("day");
        Instant due = at(day(day, clock.group("date"), today), time, zone);
        if (due.isAfter(now)) {
            return new Moment(due);
        }
        return day == null
                ? new Moment(at(today.plusDays(1), time, zone))
                : new NoMoment(Due.shown(due, zone) + " is over; it is " + Due.shown(now, zone) + " now.");
    }

    private static LocalDate day(@Nullable String day, @Nullable String date, LocalDate today) {
        if (date != null) {
            return LocalDate.parse(date);
        }
        return "tomorrow".equals(day) ? today.plusDays(1) : today;
    }

    private static Instant at(LocalDate day, LocalTime time, ZoneId zone) {
        return ZonedDateTime.of(day, time, zone).toInstant();
    }

    /** How many words at the end of these are about a time: as many as can be; 0 for none. */
    static int atEnd(List<String> words, Instant now, ZoneId zone) {
        int most = Math.min(MOST_WORDS, words.size());
        for (int count = most; count > 0; count--) {
            String tail = String.join(" ", words.subList(words.size() - count, words.size()));
            if (read(tail, now, zone).isPresent()) {
                return count;
            }
        }
        return 0;
    }
}
