package io.signalbox.runner;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.Template;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values that stand for the places in the catalog's templates, for one command. */
final class Variables {
    private static final String FACTS = "facts.";

    private final Map<String, ArgumentType> types;
    private final Map<String, String> values;
    private final @Nullable JsonObject facts;
    private final boolean pinned;

    private Variables(Catalog catalog, Map<String, String> values, @Nullable JsonObject facts, boolean pinned) {
        this.types = catalog.arguments();
        this.values = values;
        this.facts = facts;
        this.pinned = pinned;
    }

    /** Everything that the plan has pinned; what it should have pinned and has not is refused. */
    static Variables of(Catalog catalog, Instruction instruction, Plan plan) {
        Map<String, String> values = said(instruction, plan.commits());
        plan.repositories().forEach((argument, url) -> values.put(argument + ".repository", url));
        JsonObject facts = plan.facts() == null ? null : new JsonObject(plan.facts());
        return new Variables(catalog, values, facts, true);
    }

    /** Before there is a plan: without facts, which leaves out the variables that want them. */
    static Variables of(
            Catalog catalog, Instruction instruction, Map<String, String> commits, Map<String, String> repositories) {
        Map<String, String> values = said(instruction, commits);
        instruction
                .arguments()
                .keySet()
                .forEach(argument -> Optional.ofNullable(catalog.arguments().get(argument))
                        .flatMap(ArgumentType::repository)
                        .map(repositories::get)
                        .ifPresent(url -> values.put(argument + ".repository", url)));
        return new Variables(catalog, values, null, false);
    }

    private static Map<String, String> said(Instruction instruction, Map<String, String> commits) {
        Map<String, String> values = new LinkedHashMap<>(instruction.arguments());
        commits.forEach((argument, commit) -> values.put(argument + ".commit", commit));
        return values;
    }

    /** A variable whose value is one place is left out where nothing was said for it. */
    Map<String, Object> vars(Map<String, String> templates) {
        Map<String, Object> vars = new LinkedHashMap<>();
        templates.forEach((name, template) -> value(name, template).ifPresent(value -> vars.put(name, value)));
        return vars;
    }

    /** The words of a program; one that is a place is left out where nothing was said, or is several for a list. */
    List<String> words(List<String> templates) {
        return templates.stream().flatMap(template -> word(template).stream()).toList();
    }

    String text(String template) {
        try {
            return Template.fill(template, values);
        } catch (IllegalArgumentException missing) {
            throw new NotRunnable("not everything that the command needs was said: " + missing.getMessage());
        }
    }

    private Optional<Object> value(String name, String template) {
        Optional<String> single = Template.single(template);
        if (single.isEmpty()) {
            return Optional.of(text(template));
        }
        String place = single.get();
        if (place.startsWith(FACTS)) {
            return fact(name, place.substring(FACTS.length()));
        }
        if (pinned) {
            refuseUnpinned(place);
        }
        return Optional.ofNullable(values.get(place))
                .map(value -> isList(place) ? List.of(value.split(",", -1)) : value);
    }

    private void refuseUnpinned(String place) {
        int dot = place.indexOf('.');
        if (dot > 0 && values.containsKey(place.substring(0, dot)) && !values.containsKey(place)) {
            throw new NotRunnable("the plan holds no {" + place + "}, which the command needs");
        }
    }

    private Optional<Object> fact(String name, String fact) {
        Object value = facts;
        for (String step : fact.split("\\.", -1)) {
            value = value instanceof JsonObject object ? object.getValue(step) : null;
        }
        if (value == null && pinned) {
            throw new NotRunnable("the plan pinned no fact '" + fact + "', which the variable " + name + " needs");
        }
        return Optional.ofNullable(value);
    }

    private List<String> word(String template) {
        List<String> words = Template.single(template)
                .map(place -> Optional.ofNullable(values.get(place))
                        .map(value -> isList(place) ? List.of(value.split(",", -1)) : List.of(value))
                        .orElse(List.of()))
                .orElseGet(() -> List.of(text(template)));
        if (!template.startsWith("-")) {
            words.stream().filter(word -> word.startsWith("-")).findFirst().ifPresent(word -> {
                throw new NotRunnable("'" + word + "' begins with '-': a program could take it for an option");
            });
        }
        return words;
    }

    private boolean isList(String argument) {
        ArgumentType type = types.get(argument);
        return type != null && type.form() == ArgumentType.Form.HOSTS;
    }
}
