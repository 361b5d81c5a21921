package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Nearest;
import io.signalbox.notation.Node;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the weekly freezes of the catalog. A window that never stands would be a promise that is not kept. */
final class FreezeReader {
    private static final List<String> KEYS = List.of("environment", "from", "to", "zone", "because");
    private static final Pattern MOMENT = Pattern.compile("([A-Za-z]{3})[a-z]* ([0-9]{1,2}):([0-9]{2})");
    private static final String EXAMPLE = "a day and a time, as in Fri 16:00";
    private static final String EVERYTHING = "everything";

    private final Map<String, ArgumentType> types;
    private final Mistakes mistakes;
    private final List<FreezeWindow> windows = new ArrayList<>();

    FreezeReader(Map<String, ArgumentType> types, Mistakes mistakes) {
        this.types = types;
        this.mistakes = mistakes;
    }

    List<FreezeWindow> windows() {
        return windows;
    }

    void read(Fields document) {
        document.entry("freezes").ifPresent(entry -> {
            if (!(entry.value() instanceof Node.Items list)) {
                mistakes.add(
                        entry.place(),
                        "'freezes' is to be a list, not " + entry.value().title());
                return;
            }
            list.items()
                    .forEach(item -> Fields.of("freezes", new Node.Entry(item.place(), item), mistakes)
                            .flatMap(this::window)
                            .ifPresent(windows::add));
        });
    }

    private Optional<FreezeWindow> window(Fields fields) {
        fields.refuseOthersThan(KEYS);
        Optional<Fields.Text> environment = fields.requiredText("environment", "environment: production");
        environment.ifPresent(this::requireKnown);
        Optional<FreezeWindow.Moment> from = moment(fields, "from", "from: \"Fri 16:00\"");
        Optional<FreezeWindow.Moment> to = moment(fields, "to", "to: \"Mon 07:00\"");
        if (from.isPresent() && from.equals(to)) {
            mistakes.add(fields.place(), "this freeze begins when it ends, so it never stands");
        }
        Optional<ZoneId> zone =
                fields.requiredText("zone", "zone: Europe/Berlin").flatMap(this::zone);
        Optional<String> because =
                fields.requiredText("because", "because: weekend").map(Fields.Text::value);
        return environment.isPresent() && from.isPresent() && to.isPresent() && zone.isPresent() && because.isPresent()
                ? Optional.of(new FreezeWindow(
                        environment.map(Fields.Text::value).filter(name -> !name.equals(EVERYTHING)),
                        from.get(),
                        to.get(),
                        zone.get(),
                        because.get()))
                : Optional.empty();
    }

    private void requireKnown(Fields.Text said) {
        List<String> known = new ArrayList<>(Optional.ofNullable(types.get("environment"))
                .map(ArgumentType::values)
                .orElse(List.of()));
        known.add(EVERYTHING);
        if (!known.contains(said.value())) {
            mistakes.add(
                    said.place(),
                    "there is no environment '" + said.value() + "'; there are " + Unknown.listed(known)
                            + Nearest.hint(said.value(), known));
        }
    }

    private Optional<FreezeWindow.Moment> moment(Fields fields, String key, String example) {
        return fields.requiredText(key, example).flatMap(text -> {
            Matcher parts = MOMENT.matcher(text.value());
            Optional<DayOfWeek> day = parts.matches() ? day(parts.group(1)) : Optional.empty();
            if (day.isPresent()) {
                try {
                    return Optional.of(new FreezeWindow.Moment(
                            day.get(),
                            LocalTime.of(Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)))));
                } catch (DateTimeException noSuchTime) {
                    mistakes.add(text.place(), "'" + text.value() + "' is no time of a day: 00:00 to 23:59");
                    return Optional.empty();
                }
            }
            mistakes.add(text.place(), "'" + text.value() + "' is no moment of the week: " + EXAMPLE);
            return Optional.empty();
        });
    }

    private static Optional<DayOfWeek> day(String letters) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day ->
                        day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equalsIgnoreCase(letters))
                .findFirst();
    }

    private Optional<ZoneId> zone(Fields.Text said) {
        try {
            return Optional.of(ZoneId.of(said.value()));
        } catch (DateTimeException noZone) {
            mistakes.add(
                    said.place(),
                    "there is no time zone '" + said.value() + "', as in Europe/Berlin or UTC"
                            + Nearest.hint(said.value(), ZoneId.getAvailableZoneIds()));
            return Optional.empty();
        }
    }
}
