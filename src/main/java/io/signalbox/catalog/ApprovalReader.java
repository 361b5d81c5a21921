package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads when another person has to agree. A condition that could not be decided would let something through. */
final class ApprovalReader {
    private static final Pattern COUNT = Pattern.compile("[1-5]");

    private final Mistakes mistakes;
    private final CommandArguments arguments;

    ApprovalReader(Mistakes mistakes, CommandArguments arguments) {
        this.mistakes = mistakes;
        this.arguments = arguments;
    }

    Optional<Approval> read(Fields command) {
        return command.table("approval").map(fields -> {
            fields.refuseOthersThan(List.of("when", "by", "needed"));
            Map<String, String> when = new LinkedHashMap<>();
            fields.textsByName("when").forEach((name, value) -> when.put(name, condition(name, value)));
            String by = fields.requiredText("by", "by: deployer")
                    .map(Fields.Text::value)
                    .orElse("");
            return new Approval(when, by, needed(fields));
        });
    }

    private int needed(Fields fields) {
        Optional<Fields.Text> said = fields.text("needed");
        if (said.isPresent() && !COUNT.matcher(said.get().value()).matches()) {
            mistakes.add(
                    said.get().place(),
                    "'" + said.get().value() + "' is no number of persons who have to agree: 1 to 5, as in needed: 2");
            return 1;
        }
        return said.map(text -> Integer.parseInt(text.value())).orElse(1);
    }

    /** The value as people's words are read too: compared as it is written, 'Production' would never be met. */
    private String condition(String name, Fields.Text value) {
        ArgumentType type = arguments.possible().get(name);
        if (type == null) {
            mistakes.add(
                    value.place(),
                    "this command has no argument '" + name + "'; in its 'say' are "
                            + Unknown.listed(arguments.possible().keySet()));
            return value.value();
        }
        if (!arguments.certain().contains(name)) {
            mistakes.add(value.place(), "{" + name + "} may be absent, so approval cannot depend on it");
        } else if (type.form() != ArgumentType.Form.ONE_OF) {
            mistakes.add(
                    value.place(),
                    "approval cannot depend on {" + name + "}, a " + type.form().title()
                            + ": one thing can be said in several ways; it can depend on an argument with 'one of'");
            return value.value();
        }
        Reading reading = ArgumentRules.read(type, value.value());
        if (reading instanceof Reading.Right right) {
            return right.value();
        }
        mistakes.add(value.place(), "this condition never holds: " + ((Reading.Wrong) reading).why());
        return value.value();
    }
}
