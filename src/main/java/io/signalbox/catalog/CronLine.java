package io.signalbox.catalog;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Something that the catalog itself says again and again.
 *
 * @param name its person is {@code schedule:<name>}, who has the roles that admins grant it
 * @param cron five fields, as crontab has them
 * @param zone the times are of
 * @param say the words, without the bot's name
 * @param room where it is said, as in {@code slack:C0123}
 */
public record CronLine(String name, String cron, ZoneId zone, String say, String room) {
    public static final String SERVICE = "schedule";

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /** Throws {@link IllegalArgumentException} for what is no cron expression of five fields, or never comes. */
    public CronLine {
        if (execution(cron)
                .nextExecution(ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, zone))
                .isEmpty()) {
            throw new IllegalArgumentException("it never comes");
        }
    }

    /** The id of the person who says it. */
    public String person() {
        return SERVICE + ":" + name;
    }

    /** The first time after this moment. */
    public Optional<Instant> next(Instant after) {
        return execution(cron).nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
    }

    /** The last time up to this moment. */
    public Optional<Instant> last(Instant upTo) {
        return execution(cron).lastExecution(upTo.plusNanos(1).atZone(zone)).map(ZonedDateTime::toInstant);
    }

    private static ExecutionTime execution(String cron) {
        return ExecutionTime.forCron(PARSER.parse(cron));
    }
}
