package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a command runs. */
final class ActionReader {
    private static final Pattern PLAYBOOK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*\\.ya?ml");
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

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
                ? new ProgramReader(code, mistakes, arguments, templates).read(run)
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
}
