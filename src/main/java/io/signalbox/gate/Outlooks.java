package io.signalbox.gate;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Manner;
import io.signalbox.bus.Outlook;
import io.signalbox.catalog.ArgumentRules;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Grammar;
import io.signalbox.catalog.Reading;
import io.signalbox.catalog.Sequels.Sequel;
import io.signalbox.catalog.Template;
import io.signalbox.notation.Durations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a command's sequels in the catalog come to, with what was said and what the plan pinned. */
final class Outlooks {
    private static final String FACTS = "facts.";

    private final Catalog catalog;
    private final Instruction instruction;
    private final Facts facts;

    private Outlooks(Catalog catalog, Instruction instruction, Facts facts) {
        this.catalog = catalog;
        this.instruction = instruction;
        this.facts = facts;
    }

    /** Throws {@link Unplannable} where the facts hold something else than the catalog's author thought. */
    static Outlook of(Catalog catalog, CommandSpec spec, Instruction instruction, Facts facts) {
        Outlooks outlooks = new Outlooks(catalog, instruction, facts);
        List<Outlook.Later> later = new ArrayList<>();
        spec.sequels()
                .later()
                .forEach(sequel -> outlooks.resolved(sequel)
                        .ifPresent(what -> later.add(new Outlook.Later(what, sequel.after()))));
        List<Instruction> averts = spec.sequels().averts().stream()
                .flatMap(sequel -> outlooks.resolved(sequel).stream())
                .toList();
        return new Outlook(later, averts);
    }

    /** For who agrees to it. */
    static List<String> sentences(Outlook outlook) {
        return outlook.later().stream()
                .map(each -> Durations.write(each.after()) + " later: `"
                        + each.instruction().canonical() + "`")
                .toList();
    }

    /** Empty where one of its arguments is a list with nothing in it: then there is nothing to do it to. */
    private Optional<Instruction> resolved(Sequel sequel) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (Map.Entry<String, String> argument : sequel.arguments().entrySet()) {
            Optional<String> value = value(argument.getValue());
            if (value.isPresent()) {
                if (value.get().isEmpty()) {
                    return Optional.empty();
                }
                arguments.put(argument.getKey(), checked(sequel, argument.getKey(), value.get()));
            }
        }
        Grammar grammar = new Grammar(catalog);
        grammar.rulesOf(sequel.command())
                .flatMap(rule -> rule.sentence().words().stream())
                .flatMap(word -> word.arguments().stream())
                .forEach(type -> type.standard().ifPresent(value -> arguments.putIfAbsent(type.name(), value)));
        return Optional.of(new Instruction(
                sequel.command(), grammar.canonical(sequel.command(), arguments), arguments, Manner.NOW));
    }

    private Optional<String> value(String template) {
        Optional<String> place = Template.single(template);
        if (place.isEmpty()) {
            return Optional.of(Template.fill(template, instruction.arguments()));
        }
        return place.get().startsWith(FACTS)
                ? Optional.of(fact(place.get().substring(FACTS.length())))
                : Optional.ofNullable(instruction.arguments().get(place.get()));
    }

    private String fact(String path) {
        @Nullable Object value = facts.value();
        for (String step : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        if (value == null) {
            throw new Unplannable("The planning playbook pinned no '" + path + "', which decides what comes later.");
        }
        return value instanceof List<?> list
                ? list.stream().map(Outlooks::named).collect(Collectors.joining(","))
                : named(value);
    }

    /** What has an id goes by it. */
    private static String named(@Nullable Object thing) {
        Object name = thing instanceof Map<?, ?> map ? map.get("id") : thing;
        return Objects.toString(name, "");
    }

    private String checked(Sequel sequel, String name, String value) {
        ArgumentType type = Objects.requireNonNull(catalog.arguments().get(name), name);
        Reading reading = ArgumentRules.read(type, value);
        if (reading instanceof Reading.Right right) {
            return right.value();
        }
        throw new Unplannable(
                "What comes later, " + sequel.command() + ", cannot be: " + ((Reading.Wrong) reading).why() + ".");
    }
}
