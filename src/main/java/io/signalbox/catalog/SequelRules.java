package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Nearest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a sequel names has to be there: the command, its arguments, and every argument that it cannot be said without. */
final class SequelRules {
    private final Map<String, CommandReader.Written> commands;
    private final CommandReader.Written written;
    private final Mistakes mistakes;

    SequelRules(Map<String, CommandReader.Written> commands, CommandReader.Written written, Mistakes mistakes) {
        this.commands = commands;
        this.written = written;
        this.mistakes = mistakes;
    }

    void check(String key, Sequels.Sequel sequel) {
        CommandReader.Written target = commands.get(sequel.command());
        if (target == null) {
            wrong("'" + key + "' names '" + sequel.command() + "', which is no command"
                    + Nearest.hint(sequel.command(), commands.keySet()));
            return;
        }
        if (!target.spec().startsProcess()) {
            wrong("'" + key + "' names " + sequel.command() + ", a word about the bot; only what runs can follow");
        }
        Set<String> possible =
                CommandArguments.of(Together.sentences(target)).possible().keySet();
        for (String argument : sequel.arguments().keySet()) {
            if (!possible.contains(argument)) {
                wrong("'" + key + "' gives " + sequel.command() + " the argument '" + argument + "'; it has "
                        + Unknown.listed(possible));
            }
        }
        Set<String> missing = new HashSet<>(Together.needed(target));
        missing.removeAll(sequel.arguments().keySet());
        if (!missing.isEmpty()) {
            wrong("'" + key + "' names " + sequel.command() + " without " + Unknown.listed(missing)
                    + ", which it cannot be said without");
        }
    }

    private void wrong(String text) {
        mistakes.add(written.place(), text);
    }
}
