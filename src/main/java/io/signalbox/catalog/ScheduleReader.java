package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Node;
import io.signalbox.notation.Place;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads {@code schedules:} of the catalog. */
final class ScheduleReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern ROOM = Pattern.compile("[a-z][a-z0-9]*:\\S+");

    private record Written(Place place, CronLine line) {}

    private final Mistakes mistakes;
    private final Map<String, CronLine> lines = new LinkedHashMap<>();
    private final List<Written> written = new ArrayList<>();

    ScheduleReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    Map<String, CronLine> lines() {
        return lines;
    }

    void read(Fields schedules) {
        schedules.entries().forEach((name, entry) -> {
            if (!NAME.matcher(name).matches()) {
                mistakes.add(
                        entry.place(),
                        "'" + name + "' cannot name a schedule: small letters, digits and -, as in nightly");
            } else if (lines.containsKey(name)) {
                mistakes.add(entry.place(), "there is a schedule '" + name + "' already");
            } else {
                read(name, entry).ifPresent(line -> lines.put(name, line));
            }
        });
    }

    /** {@code problem}: what is wrong with the words of a line, if anything is. */
    void refuseUnsayable(Function<CronLine, Optional<String>> problem) {
        written.forEach(each -> problem.apply(each.line())
                .ifPresent(what -> mistakes.add(
                        each.place(), "'" + each.line().say() + "' cannot be said on a schedule: " + what)));
    }

    private Optional<CronLine> read(String name, Node.Entry entry) {
        return Fields.of(name, entry, mistakes).flatMap(fields -> {
            fields.refuseOthersThan(List.of("cron", "zone", "say", "room"));
            Optional<Fields.Text> cron = fields.requiredText("cron", "cron: \"0 7 * * 1-5\"");
            Optional<Fields.Text> say = fields.requiredText("say", "say: deploy backend to staging");
            Optional<Fields.Text> room = fields.requiredText("room", "room: console:ops");
            Optional<ZoneId> zone = fields.text("zone").map(this::zone).orElseGet(() -> Optional.of(ZoneId.of("UTC")));
            room.filter(text -> !ROOM.matcher(text.value()).matches())
                    .ifPresent(text -> mistakes.add(
                            text.place(), "'" + text.value() + "' is not a room: service:id, as in console:ops"));
            if (cron.isEmpty() || say.isEmpty() || room.isEmpty() || zone.isEmpty()) {
                return Optional.empty();
            }
            Optional<CronLine> line = line(
                    cron.get(),
                    () -> new CronLine(
                            name,
                            cron.get().value(),
                            zone.get(),
                            say.get().value(),
                            room.get().value()));
            line.ifPresent(found -> written.add(new Written(say.get().place(), found)));
            return line;
        });
    }

    private Optional<ZoneId> zone(Fields.Text text) {
        try {
            return Optional.of(ZoneId.of(text.value()));
        } catch (DateTimeException unknown) {
            mistakes.add(text.place(), "'" + text.value() + "' is not a time zone, as in Europe/Berlin or UTC");
            return Optional.empty();
        }
    }

    private Optional<CronLine> line(Fields.Text cron, Supplier<CronLine> make) {
        try {
            return Optional.of(make.get());
        } catch (IllegalArgumentException wrong) {
            mistakes.add(
                    cron.place(),
                    "'" + cron.value() + "' is no time of five fields (minute, hour, day, month, weekday), as in"
                            + " 0 7 * * 1-5: " + wrong.getMessage());
            return Optional.empty();
        }
    }
}
