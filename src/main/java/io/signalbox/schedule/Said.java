package io.signalbox.schedule;

import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.catalog.CronLine;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * Up to when a line of the catalog was said: {@code sb:schedule:said:<name>} holds milliseconds since 1970 and what the line
 * was then, since a line that was changed begins anew.
 */
record Said(CronLine line, String noted) {
    private static final Fragment FRAGMENT = Fragment.beside(Said.class, "schedule.said", "said.lua");

    static String key(CronLine line) {
        return "sb:schedule:said:" + line.name();
    }

    /** Empty where this line was never looked at. */
    Optional<Instant> upTo() {
        int blank = noted.indexOf(' ');
        return blank > 0 && noted.substring(blank + 1).equals(form(line))
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(noted.substring(0, blank))))
                : Optional.empty();
    }

    /** In a commit: nobody else has noted a time meanwhile; notes this one. */
    Commit.Part note(Instant upTo) {
        return new Commit.Part(
                FRAGMENT,
                new JsonObject()
                        .put("name", line.name())
                        .put("before", noted)
                        .put("after", upTo.toEpochMilli() + " " + form(line)));
    }

    private static String form(CronLine line) {
        return line.cron() + " " + line.zone();
    }
}
