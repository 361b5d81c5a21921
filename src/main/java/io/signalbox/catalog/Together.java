package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can only be seen when all commands are known: patterns that tie, and actions that name another command. */
final class Together {
    private record Said(String command, CommandReader.Way way) {}

    private final Map<String, CommandReader.Written> commands;
    private final Mistakes mistakes;

    Together(Map<String, CommandReader.Written> commands, Mistakes mistakes) {
        this.commands = commands;
        this.mistakes = mistakes;
    }

    void check() {
        ties();
        commands.values().forEach(this::actions);
        commands.values().forEach(written -> {
            SequelRules rules = new SequelRules(commands, written, mistakes);
            written.spec().sequels().later().forEach(sequel -> rules.check("later", sequel));
            written.spec().sequels().averts().forEach(sequel -> rules.check("averts", sequel));
        });
    }

    private void ties() {
        List<Said> all = new ArrayList<>();
        commands.forEach((name, written) -> written.ways().forEach(way -> all.add(new Said(name, way))));
        Set<String> told = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                Said one = all.get(j);
                Said other = all.get(i);
                boolean same = one.command().equals(other.command())
                        && one.way().sentence().equals(other.way().sentence());
                if (!same
                        && one.way().sentence().ties(other.way().sentence())
                        && told.add(one.way().place() + " " + other.way().place())) {
                    mistakes.add(
                            other.way().place(),
                            "'" + other.way().sentence() + "' can also mean " + one.command() + ", which is '"
                                    + one.way().sentence() + "' in " + one.way().place()
                                    + "; change a word of one of them");
                }
            }
        }
    }

    private void actions(CommandReader.Written written) {
        Collection<String> names = commands.keySet();
        for (String action : written.spec().actions()) {
            CommandReader.Written offered = commands.get(action);
            if (offered == null) {
                mistakes.add(
                        written.place(),
                        "'actions' offers '" + action + "', which is no command" + Nearest.hint(action, names));
            } else if (!known(written).containsAll(needed(offered))) {
                mistakes.add(
                        written.place(),
                        "'actions' offers " + action + ", which needs " + Unknown.listed(needed(offered))
                                + "; this command knows " + Unknown.listed(known(written)));
            }
        }
    }

    private static Set<String> known(CommandReader.Written written) {
        return CommandArguments.of(sentences(written)).certain();
    }

    /** What has to be said in the shortest form of a command. */
    static Set<String> needed(CommandReader.Written written) {
        Set<String> needed =
                new HashSet<>(CommandArguments.of(sentences(written)).possible().keySet());
        sentences(written).forEach(sentence -> needed.retainAll(sentence.arguments()));
        return needed;
    }

    static List<Sentence> sentences(CommandReader.Written written) {
        return written.ways().stream().map(CommandReader.Way::sentence).toList();
    }
}
