package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the places in the templates of one command. */
final class TemplateRules {
    private static final Pattern FACT = Pattern.compile("facts(\\.[A-Za-z][A-Za-z0-9_]*)+");

    private final CommandArguments arguments;
    private final boolean hasPlan;
    private final Mistakes mistakes;

    TemplateRules(CommandArguments arguments, boolean hasPlan, Mistakes mistakes) {
        this.arguments = arguments;
        this.hasPlan = hasPlan;
        this.mistakes = mistakes;
    }

    /** A text in which every place must always have a value; {@code where} is what it is for, as in {@code the lock}. */
    void text(Fields.Text template, String where) {
        if (isWellFormed(template)) {
            Template.names(template.value()).forEach(name -> certain(template, name, where));
        }
    }

    /** The value of a variable: a text, or one place, which may be an argument that is absent or a fact of the plan. */
    void variable(Fields.Text template, boolean ofPlan) {
        if (!isWellFormed(template)) {
            return;
        }
        Optional<String> single = Template.single(template.value());
        if (single.isEmpty()) {
            Template.names(template.value())
                    .forEach(name -> certain(template, name, "a variable with more than one place"));
        } else if (single.get().startsWith("facts")) {
            fact(template, single.get(), ofPlan);
        } else {
            argument(template, single.get());
        }
    }

    private boolean isWellFormed(Fields.Text template) {
        if (template.value().contains("{{") || template.value().contains("{%")) {
            mistakes.add(
                    template.place(), "'" + template.value() + "' looks like Jinja, which is never evaluated here");
            return false;
        }
        String rest = Template.rest(template.value());
        if (rest.contains("{") || rest.contains("}")) {
            mistakes.add(
                    template.place(), "'" + template.value() + "' has a brace that is no place; a place is {argument}");
            return false;
        }
        return true;
    }

    private void certain(Fields.Text template, String name, String where) {
        if (!arguments.possible().containsKey(name)) {
            unknown(template, name);
        } else if (!arguments.certain().contains(name)) {
            mistakes.add(
                    template.place(),
                    "{" + name + "} may be absent, and " + where
                            + " needs it always; give it a default or make it a fixed part of 'say'");
        }
    }

    private void argument(Fields.Text template, String name) {
        int dot = name.indexOf('.');
        String argument = dot < 0 ? name : name.substring(0, dot);
        ArgumentType type = arguments.possible().get(argument);
        if (type == null) {
            unknown(template, argument);
        } else if (dot >= 0) {
            String part = name.substring(dot + 1);
            boolean ofGit = type.form() == ArgumentType.Form.GIT_REF;
            if (!ofGit || !(part.equals("commit") || part.equals("repository"))) {
                mistakes.add(
                        template.place(),
                        "{" + name + "}: there is {x.commit} and {x.repository}, for an argument of type git-ref");
            }
        }
    }

    private void fact(Fields.Text template, String name, boolean ofPlan) {
        if (!FACT.matcher(name).matches()) {
            mistakes.add(template.place(), "{" + name + "} is no fact; as in {facts.swap.in}");
        } else if (ofPlan || !hasPlan) {
            mistakes.add(
                    template.place(),
                    "{" + name + "} is known only to 'run:' of a command with 'plan:', whose playbook pins the facts");
        }
    }

    private void unknown(Fields.Text template, String name) {
        mistakes.add(
                template.place(),
                "this command has no argument '" + name + "'; in its 'say' are "
                        + Unknown.listed(arguments.possible().keySet()));
    }
}
