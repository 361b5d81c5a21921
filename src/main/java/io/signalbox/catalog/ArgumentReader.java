package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Nearest;
import io.signalbox.notation.Node;
import io.signalbox.notation.Place;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the tables {@code arguments:} of all files; an argument means the same in the whole catalog. */
final class ArgumentReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final List<String> KEYS = List.of("one of", "type", "default", "repository");
    private static final List<String> FORMS = Arrays.stream(ArgumentType.Form.values())
            .filter(form -> form != ArgumentType.Form.ONE_OF)
            .map(ArgumentType.Form::title)
            .toList();

    private final Mistakes mistakes;
    private final Map<String, ArgumentType> types = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    ArgumentReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    Map<String, ArgumentType> types() {
        return types;
    }

    void read(Fields table) {
        table.entries().forEach(this::read);
    }

    private void read(String name, Node.Entry entry) {
        ArgumentType type = type(name, entry);
        ArgumentType before = types.putIfAbsent(name, type);
        Place first = places.putIfAbsent(name, entry.place());
        if (before != null && !before.equals(type)) {
            mistakes.add(
                    entry.place(),
                    "the argument '" + name + "' is something else in " + first + "; choose another name");
        }
    }

    /** A wrong declaration counts as some name, so that each use of it is not a mistake too. */
    private ArgumentType type(String name, Node.Entry entry) {
        if (!NAME.matcher(name).matches() || name.equals("facts")) {
            mistakes.add(
                    entry.place(), "'" + name + "' cannot name an argument: small letters, digits and -, not facts");
        }
        ArgumentType some =
                new ArgumentType(name, ArgumentType.Form.NAME, List.of(), Optional.empty(), Optional.empty());
        return Fields.of(name, entry, mistakes)
                .map(fields -> type(name, fields))
                .orElse(some);
    }

    private ArgumentType type(String name, Fields fields) {
        fields.refuseOthersThan(KEYS);
        List<String> values = values(fields);
        ArgumentType.Form form = form(fields);
        Optional<String> repository = repository(form, fields);
        ArgumentType type = new ArgumentType(name, form, values, Optional.empty(), repository);
        return new ArgumentType(name, form, values, standard(type, fields), repository);
    }

    private List<String> values(Fields fields) {
        List<Fields.Text> values = fields.texts("one of");
        for (Fields.Text value : values) {
            if (!VALUE.matcher(value.value()).matches()) {
                mistakes.add(value.place(), "'" + value.value() + "' cannot be a value: letters, digits, . _ and -");
            }
        }
        return values.stream().map(Fields.Text::value).toList();
    }

    private ArgumentType.Form form(Fields fields) {
        boolean oneOf = fields.entry("one of").isPresent();
        if (oneOf == fields.entry("type").isPresent()) {
            mistakes.add(fields.place(), "an argument has either 'one of: [a, b]' or 'type:' with one of " + listed());
        }
        if (oneOf && fields.texts("one of").isEmpty()) {
            mistakes.add(fields.place(), "'one of' names no value");
            return ArgumentType.Form.NAME;
        }
        if (oneOf) {
            return ArgumentType.Form.ONE_OF;
        }
        Optional<Fields.Text> type = fields.text("type");
        return type.flatMap(text -> Arrays.stream(ArgumentType.Form.values())
                        .filter(form ->
                                FORMS.contains(text.value()) && form.title().equals(text.value()))
                        .findFirst())
                .orElseGet(() -> {
                    type.ifPresent(text -> mistakes.add(
                            text.place(),
                            "there is no type '" + text.value() + "'; there are " + listed()
                                    + Nearest.hint(text.value(), FORMS)));
                    return ArgumentType.Form.NAME;
                });
    }

    private static String listed() {
        return String.join(", ", FORMS);
    }

    private Optional<String> repository(ArgumentType.Form form, Fields fields) {
        Optional<Fields.Text> repository = fields.text("repository");
        if (repository.isPresent() && form != ArgumentType.Form.GIT_REF) {
            mistakes.add(repository.get().place(), "only 'type: git-ref' has a repository");
        }
        if (repository.isEmpty() && form == ArgumentType.Form.GIT_REF) {
            mistakes.add(
                    fields.place(),
                    "'repository:' is missing: the name under repositories: in the settings, as in repository: backend");
        }
        return repository.map(Fields.Text::value);
    }

    private Optional<String> standard(ArgumentType type, Fields fields) {
        Optional<Fields.Text> said = fields.text("default");
        if (said.isPresent() && type.name().equals("environment")) {
            mistakes.add(said.get().place(), "there is no default environment, ever; take 'default' out");
        }
        return said.flatMap(text -> {
            if (ArgumentRules.read(type, text.value()) instanceof Reading.Right right) {
                return Optional.of(right.value());
            }
            mistakes.add(
                    text.place(),
                    "the default is not allowed: " + ((Reading.Wrong) ArgumentRules.read(type, text.value())).why());
            return Optional.empty();
        });
    }
}
