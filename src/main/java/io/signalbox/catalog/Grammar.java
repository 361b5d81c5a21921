package io.signalbox.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every sentence of a catalog. */
public final class Grammar {
    /** A sentence, the name of the command that it says, and which of the command's patterns it is of. */
    public record Rule(String command, int pattern, Sentence sentence) {}

    private final Catalog catalog;
    private final List<Rule> rules = new ArrayList<>();

    /** Throws {@link IllegalArgumentException} for a catalog that no loader has checked and that has a bad pattern. */
    public Grammar(Catalog catalog) {
        this.catalog = catalog;
        catalog.commands().values().forEach(this::add);
    }

    private void add(CommandSpec spec) {
        for (int i = 0; i < spec.say().size(); i++) {
            for (Sentence sentence : sentences(spec.say().get(i), catalog)) {
                rules.add(new Rule(spec.name(), i, sentence));
            }
        }
    }

    private static List<Sentence> sentences(String pattern, Catalog catalog) {
        try {
            return Phrase.expand(pattern, catalog.arguments());
        } catch (Phrase.Malformed e) {
            throw new IllegalArgumentException("'" + pattern + "': " + e.getMessage(), e);
        }
    }

    public Catalog catalog() {
        return catalog;
    }

    public List<Rule> rules() {
        return rules;
    }

    /** The command with these arguments in the form that Signalbox echoes: each of them said, and no word too many. */
    public String canonical(String command, Map<String, String> arguments) {
        return rulesOf(command)
                .filter(rule -> arguments.keySet().containsAll(rule.sentence().arguments()))
                .min(Comparator.comparingInt(
                                (Rule rule) -> -rule.sentence().arguments().size())
                        .thenComparingInt(Rule::pattern)
                        .thenComparingInt(rule -> rule.sentence().words().size()))
                .map(rule -> rule.sentence().fill(arguments))
                .orElseThrow(
                        () -> new IllegalArgumentException(command + " cannot be said with " + arguments.keySet()));
    }

    /** Its first pattern with nothing optional; empty where that needs an argument that is not among these. */
    public Optional<String> shortest(String command, Map<String, String> arguments) {
        return rulesOf(command)
                .filter(rule -> rule.pattern() == 0)
                .filter(rule -> arguments.keySet().containsAll(rule.sentence().arguments()))
                .min(Comparator.comparingInt(
                                (Rule rule) -> rule.sentence().arguments().size())
                        .thenComparingInt(rule -> rule.sentence().words().size()))
                .map(rule -> rule.sentence().fill(arguments));
    }

    public Stream<Rule> rulesOf(String command) {
        return rules.stream().filter(rule -> rule.command().equals(command));
    }
}
