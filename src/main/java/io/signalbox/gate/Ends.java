package io.signalbox.gate;

import io.signalbox.notation.Durations;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** When something ends, as it was said: {@code for 2h} or {@code until 18:00}, by the clock of the bot's zone. */
final class Ends {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    private Ends() {}

    /** Empty where no end was said. */
    static Optional<Instant> of(Asked word, Instant now, ZoneId zone) {
        Optional<Instant> after = word.argument("time").flatMap(Durations::read).map(now::plus);
        return after.or(() -> word.argument("clock").map(said -> next(LocalTime.parse(said, CLOCK), now, zone)));
    }

    /** The next time that the clock shows this. */
    private static Instant next(LocalTime time, Instant now, ZoneId zone) {
        ZonedDateTime today = now.atZone(zone).with(time);
        return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
    }
}
