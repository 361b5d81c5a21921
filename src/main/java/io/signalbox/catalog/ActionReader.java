package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a command runs. */
final class ActionReader {
    private static final Pattern PLAYBOOK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*\\.ya?ml");
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "zsh", "ksh", "fish", "csh", "tcsh", "busybox", "eval", "env", "xargs");

    private final Path code;
    private final Mistakes mistakes;
    private final CommandArguments arguments;
    private final TemplateRules templates;

    ActionReader(Path code, Mistakes mistakes, CommandArguments arguments, TemplateRules templates) {
        this.code = code;
        this.mistakes = mistakes;
        this.arguments = arguments;
        this.templates = templates;
    }

    Optional<Action> run(Fields run) {
        run.refuseOthersThan(List.of("playbook", "inventory", "vars", "program"));
        if (run.entry("playbook").isPresent() == run.entry("program").isPresent()) {
            mistakes.add(run.place(), "'run:' has either 'playbook: file.yml' or 'program: [word, …]'");
            return Optional.empty();
        }
        return run.entry("program").isPresent()
                ? program(run)
                : playbook(run, false).map(found -> found);
    }

    /** A playbook; empty where it is not said which. {@code ofPlan}: it only makes facts, and so cannot have any. */
    Optional<Action.Playbook> playbook(Fields fields, boolean ofPlan) {
        if (ofPlan) {
            fields.refuseOthersThan(List.of("playbook", "inventory", "vars"));
        }
        Optional<Fields.Text> playbook = fields.requiredText("playbook", "playbook: backend_status.yml");
        playbook.ifPresent(this::checkPlaybook);
        String inventory = inventory(fields);
        Map<String, String> vars = new LinkedHashMap<>();
        fields.textsByName("vars").forEach((name, value) -> {
            String wrong = VariableNames.wrong(name);
            if (!wrong.isEmpty()) {
                mistakes.add(value.place(), wrong);
            }
            templates.variable(value, ofPlan);
            vars.put(name, value.value());
        });
        return playbook.map(file -> new Action.Playbook(file.value(), inventory, vars));
    }

    private void checkPlaybook(Fields.Text playbook) {
        if (!PLAYBOOK.matcher(playbook.value()).matches()) {
            mistakes.add(
                    playbook.place(),
                    "'" + playbook.value() + "' is no file name below playbooks/, as in backend_deploy.yml");
        } else if (!Files.isRegularFile(code.resolve("playbooks").resolve(playbook.value()))) {
            mistakes.add(playbook.place(), "playbooks/" + playbook.value() + " is not there");
        }
    }

    private String inventory(Fields fields) {
        Optional<Fields.Text> said = fields.text("inventory");
        if (said.isEmpty() && !arguments.certain().contains("environment")) {
            mistakes.add(
                    fields.place(),
                    "'inventory:' is missing, a folder below inventory/; it may be left out where 'say' has {environment}");
            return "";
        }
        Fields.Text template = said.orElse(new Fields.Text(fields.place(), "{environment}"));
        int before = mistakes.count();
        templates.text(template, "the inventory");
        if (mistakes.count() == before) {
            inventories(template).forEach(name -> {
                if (!FOLDER.matcher(name).matches()
                        || !Files.isDirectory(code.resolve("inventory").resolve(name))) {
                    mistakes.add(template.place(), "inventory/" + name + " is not there");
                }
            });
        }
        return template.value();
    }

    /** Every folder that this can become. */
    private Stream<String> inventories(Fields.Text template) {
        List<String> names = Template.names(template.value());
        if (names.isEmpty()) {
            return Stream.of(template.value());
        }
        ArgumentType type = arguments.possible().get(names.get(0));
        if (names.size() > 1 || type == null || type.form() != ArgumentType.Form.ONE_OF) {
            mistakes.add(
                    template.place(),
                    "an inventory is chosen by one argument with 'one of', not by what anybody may say");
            return Stream.empty();
        }
        return type.values().stream().map(value -> Template.fill(template.value(), Map.of(type.name(), value)));
    }

    private Optional<Action> program(Fields run) {
        for (String key : List.of("inventory", "vars")) {
            run.entry(key)
                    .ifPresent(entry ->
                            mistakes.add(entry.place(), "'" + key + "' is for playbooks; a program has words only"));
        }
        List<Fields.Text> words = run.texts("program");
        if (words.isEmpty()) {
            mistakes.add(
                    run.place(), "'program:' names nothing to start, as in program: [bin/report, '{environment}']");
            return Optional.empty();
        }
        checkFirst(
                words.get(0),
                words.stream().anyMatch(word -> !Template.names(word.value()).isEmpty()));
        words.stream().skip(1).forEach(this::checkWord);
        return Optional.of(
                new Action.Program(words.stream().map(Fields.Text::value).toList()));
    }

    private void checkFirst(Fields.Text first, boolean takesArguments) {
        String program = first.value();
        if (program.contains("{")) {
            mistakes.add(first.place(), "what is started is never an argument: the first word is to be literal");
        } else if (takesArguments && SHELLS.contains(program.substring(program.lastIndexOf('/') + 1))) {
            mistakes.add(
                    first.place(), "'" + program + "' would read what people say as code; name the program itself");
        } else if (program.contains("/") && !Files.isExecutable(code.resolve(program))) {
            mistakes.add(first.place(), program + " is not there or cannot be executed");
        }
    }

    private void checkWord(Fields.Text word) {
        List<String> names = Template.names(word.value());
        boolean single = names.size() == 1 && word.value().equals("{" + names.get(0) + "}");
        if (single) {
            templates.variable(word, true);
        } else {
            templates.text(word, "a word of the program");
        }
        boolean opens = !names.isEmpty() && word.value().startsWith("{" + names.get(0) + "}");
        ArgumentType type = opens ? arguments.possible().get(names.get(0)) : null;
        if (type != null && type.form() == ArgumentType.Form.TEXT) {
            mistakes.add(
                    word.place(),
                    "{" + type.name() + "} may begin with '-' and be taken for an option; write --name={" + type.name()
                            + "}");
        }
    }
}
