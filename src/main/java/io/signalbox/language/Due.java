package io.signalbox.language;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A moment as it is shown to people and as they can say it again: with the day and the zone, so that nobody has to guess. */
public final class Due {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Due() {}

    /** As in {@code 2026-11-22 07:00 Europe/Berlin}, with seconds where there are any. */
    public static String shown(Instant due, ZoneId zone) {
        DateTimeFormatter form = due.getEpochSecond() % 60 == 0 ? MINUTES : SECONDS;
        return form.withZone(zone).format(due) + " " + zone.getId();
    }

    static LocalDate day(Instant time, ZoneId zone) {
        return LocalDate.ofInstant(time, zone);
    }
}
