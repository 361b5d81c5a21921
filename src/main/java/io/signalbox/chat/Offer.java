package io.signalbox.chat;

import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Template;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A command that is offered as a button: its words with the arguments of the command before it. */
final class Offer {
    private Offer() {}

    /** The canonical words without the optional parts; empty where an argument is needed that is not known here. */
    static Optional<String> words(CommandSpec spec, Map<String, String> arguments) {
        String pattern = spec.say().get(0);
        String required;
        do {
            required = pattern;
            pattern = required.replaceAll("\\[[^\\[\\]]*]", " ");
        } while (!pattern.equals(required));
        String words = required.strip().replaceAll("\\s+", " ").replaceAll("(\\S+)\\|\\S+", "$1");
        return arguments.keySet().containsAll(Template.names(words))
                ? Optional.of(Template.fill(words, arguments))
                : Optional.empty();
    }

    /** The verb: the last part of the command's name. */
    static String label(CommandSpec spec) {
        String verb = spec.name().substring(spec.name().lastIndexOf('.') + 1);
        return verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
    }
}
