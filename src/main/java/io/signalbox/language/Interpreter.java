package io.signalbox.language;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Person;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Grammar;
import io.signalbox.catalog.Sentence;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the command of a catalog that somebody's words mean. Needs no brain and changes nothing. */
public final class Interpreter {
    private static final int LONGEST = 1000;
    private static final Pattern LINE_END = Pattern.compile("\\R");
    private static final Pattern MENTION = Pattern.compile("<@([^|>]+).*>");

    private final Grammar grammar;
    private final Failures failures;

    public Interpreter(Catalog catalog) {
        this.grammar = new Grammar(catalog);
        this.failures = new Failures(grammar);
    }

    public Grammar grammar() {
        return grammar;
    }

    /** {@code said} is without the bot's name; {@code by} tells in which chat a name is meant. */
    public Interpretation interpret(String said, Person by) {
        String text = said.strip();
        if (text.length() > LONGEST) {
            return new Interpretation.Malformed(
                    "This has " + text.length() + " characters, and a command has at most " + LONGEST + ".", List.of());
        }
        if (LINE_END.matcher(text).find()) {
            return new Interpretation.Malformed("A command is one line; this has several.", List.of());
        }
        return Waits.without(text).map(rest -> waiting(rest, text, by)).orElseGet(() -> meaning(text, by));
    }

    /** A sentence may end in these words and not mean them, as a reason does: where only the whole of it fits, it counts. */
    private Interpretation waiting(String rest, String text, Person by) {
        Interpretation plain = meaning(rest, by);
        if (plain instanceof Interpretation.Understood understood
                && grammar.catalog()
                        .command(understood.instruction().command())
                        .lock()
                        .isPresent()) {
            return new Interpretation.Understood(understood.instruction().waiting());
        }
        Interpretation whole = meaning(text, by);
        if (whole instanceof Interpretation.Understood) {
            return whole;
        }
        return plain instanceof Interpretation.Understood understood
                ? new Interpretation.Malformed(
                        "`" + understood.instruction().canonical()
                                + "` takes no lock, so there is nothing to wait for.",
                        List.of("Say it without `--wait`."))
                : plain;
    }

    private Interpretation meaning(String text, Person by) {
        Tokens tokens = Tokens.of(text);
        Tokens withLists = Tokens.withLists(text);
        List<Attempt> attempts = grammar.rules().stream()
                .map(rule -> Holding.of(rule, takesList(rule) ? withLists : tokens))
                .toList();
        return attempts.stream()
                .filter(Attempt.Match.class::isInstance)
                .map(Attempt.Match.class::cast)
                .min(Comparator.comparing(match -> match.rule().sentence(), Sentence.MORE_DEFINITE))
                .<Interpretation>map(match -> understood(match, by))
                .orElseGet(() -> failures.explain(
                        failures.best(attempts)
                                        .filter(best -> takesList(best.rule()))
                                        .isPresent()
                                ? withLists
                                : tokens,
                        attempts));
    }

    private static boolean takesList(Grammar.Rule rule) {
        return rule.sentence().words().stream()
                .flatMap(word -> word.arguments().stream())
                .anyMatch(type -> type.form() == ArgumentType.Form.HOSTS);
    }

    private Interpretation understood(Attempt.Match match, Person by) {
        String command = match.rule().command();
        Map<String, String> arguments = new LinkedHashMap<>();
        match.arguments().forEach((name, value) -> arguments.put(name, resolved(name, value, by)));
        standards(command).forEach(arguments::putIfAbsent);
        return new Interpretation.Understood(
                new Instruction(command, grammar.canonical(command, arguments), arguments));
    }

    /** A person by id: names are of the chat that the speaker is in. */
    private String resolved(String name, String value, Person by) {
        boolean person = Optional.ofNullable(grammar.catalog().arguments().get(name))
                .filter(type -> type.form() == ArgumentType.Form.PERSON)
                .isPresent();
        if (!person) {
            return value;
        }
        Matcher mention = MENTION.matcher(value);
        if (mention.matches()) {
            return by.service() + ":" + mention.group(1);
        }
        return value.startsWith("@") ? by.service() + ":" + value.substring(1) : value;
    }

    private Map<String, String> standards(String command) {
        Map<String, String> standards = new LinkedHashMap<>();
        grammar.rulesOf(command)
                .flatMap(rule -> rule.sentence().words().stream())
                .flatMap(word -> word.arguments().stream())
                .forEach(type -> type.standard().ifPresent(value -> standards.put(type.name(), value)));
        return standards;
    }

    /** How this command is said and what it does, in one line. */
    public static String line(CommandSpec spec) {
        return "`" + spec.say().get(0) + "`  " + spec.help();
    }
}
