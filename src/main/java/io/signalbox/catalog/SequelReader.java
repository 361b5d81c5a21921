package io.signalbox.catalog;

import io.signalbox.notation.Durations;
import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code later:} and {@code averts:} of a command. */
final class SequelReader {
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Mistakes mistakes;
    private final TemplateRules templates;
    private final Times times;

    SequelReader(Mistakes mistakes, TemplateRules templates, Times times) {
        this.mistakes = mistakes;
        this.templates = templates;
        this.times = times;
    }

    Sequels read(Fields command) {
        return new Sequels(list(command, "later", true), list(command, "averts", false));
    }

    private List<Sequels.Sequel> list(Fields command, String key, boolean timed) {
        List<Sequels.Sequel> sequels = new ArrayList<>();
        command.entry(key).ifPresent(entry -> {
            if (entry.value() instanceof Node.Items list) {
                list.items()
                        .forEach(item -> Fields.of(key, new Node.Entry(item.place(), item), mistakes)
                                .flatMap(fields -> sequel(fields, timed))
                                .ifPresent(sequels::add));
            } else {
                mistakes.add(
                        entry.place(),
                        "'" + key + "' is to be a list, as in - {command: backend.terminate, "
                                + (timed ? "in: 2h, " : "") + "arguments: {environment: \"{environment}\"}}");
            }
        });
        return sequels;
    }

    private Optional<Sequels.Sequel> sequel(Fields fields, boolean timed) {
        fields.refuseOthersThan(
                timed ? List.of("command", "arguments", "in", "time") : List.of("command", "arguments"));
        Map<String, String> arguments = new LinkedHashMap<>();
        fields.textsByName("arguments").forEach((name, template) -> {
            templates.variable(template, false);
            arguments.put(name, template.value());
        });
        Duration after = timed ? after(fields) : Duration.ZERO;
        return fields.requiredText("command", "command: backend.terminate")
                .map(name -> new Sequels.Sequel(name.value(), arguments, after));
    }

    private Duration after(Fields fields) {
        Optional<Fields.Text> said = fields.requiredText("in", "in: 2h");
        Optional<Duration> standard =
                said.flatMap(text -> Durations.read(text.value())).filter(time -> time.compareTo(LONGEST) <= 0);
        if (said.isPresent() && standard.isEmpty()) {
            mistakes.add(
                    said.get().place(),
                    "'" + said.get().value() + "' is not how long after: " + Durations.EXAMPLE + ", at most 168h");
        }
        Duration usual = standard.orElse(Duration.ofHours(2));
        return fields.text("time").map(name -> times.of(name.value(), usual)).orElse(usual);
    }
}
