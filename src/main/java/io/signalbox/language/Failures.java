package io.signalbox.language;

import io.signalbox.catalog.ArgumentRules;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Grammar;
import io.signalbox.catalog.Quoted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says why words mean nothing, and what would be right. */
final class Failures {
    private static final String EVERYTHING = "`help` lists everything that can be said.";

    /** The one that fits best, then the one that says most about it, then the shortest. */
    private static final Comparator<Attempt> BEST = Comparator.comparingInt((Attempt attempt) -> -attempt.fitting())
            .thenComparingInt(Attempt::vagueness)
            .thenComparingInt(attempt -> attempt.rule().sentence().words().size());

    private final Grammar grammar;
    private final Likeness likeness;

    Failures(Grammar grammar) {
        this.grammar = grammar;
        this.likeness = new Likeness(grammar);
    }

    /** What was probably meant, if any word of it fits. */
    Optional<Attempt> best(List<Attempt> attempts) {
        return attempts.stream().min(BEST).filter(attempt -> attempt.fitting() > 0);
    }

    Interpretation explain(Tokens said, List<Attempt> attempts) {
        if (said.size() == 0) {
            return new Interpretation.Incomplete("What is to be done?", List.of(EVERYTHING));
        }
        Optional<Attempt> best = best(attempts);
        if (best.isPresent() && best.get() instanceof Attempt.BadValue bad) {
            return new Interpretation.Malformed(sentence(bad.why()), with(lookAlikes(bad.text()), said(bad)));
        }
        if (best.isPresent()
                && best.get() instanceof Attempt.Missing missing
                && missing.word().beginsWithPlace()) {
            return missing(said, missing, attempts);
        }
        Optional<String> corrected = likeness.corrected(said);
        if (corrected.isPresent()) {
            return new Interpretation.Unknown(unknown(said), List.of("Did you mean `" + corrected.get() + "`?"));
        }
        if (best.isPresent() && best.get() instanceof Attempt.Surplus surplus) {
            String known = said.head(surplus.fitting());
            return new Interpretation.Malformed(
                    "I do not understand " + Quoted.of(said.rest(surplus.fitting())) + " after `" + known + "`.",
                    List.of(said(surplus)));
        }
        return nothing(said, best);
    }

    private Interpretation missing(Tokens said, Attempt.Missing missing, List<Attempt> attempts) {
        ArgumentType type = missing.word().arguments().get(0);
        String known = said.head(said.size()) + leading(missing, attempts);
        boolean free = type.form() == ArgumentType.Form.TEXT;
        String question = free
                ? known + " what?"
                : known + " which " + type.name().replace('-', ' ') + "? " + sentence(ArgumentRules.expectation(type));
        return new Interpretation.Incomplete(question, List.of(said(missing)));
    }

    /** The little word that may stand before what is missing, as {@code to} before an environment. */
    private static String leading(Attempt.Missing missing, List<Attempt> attempts) {
        int at = missing.fitting();
        return attempts.stream()
                .filter(other -> other instanceof Attempt.Missing && other.fitting() == at)
                .filter(other -> other.rule().command().equals(missing.rule().command()))
                .map(other -> other.rule().sentence().words())
                .filter(words -> words.size() > at + 1
                        && words.get(at).isLiteral()
                        && words.get(at + 1).equals(missing.word()))
                .map(words -> " " + words.get(at))
                .findFirst()
                .orElse("");
    }

    private Interpretation nothing(Tokens said, Optional<Attempt> best) {
        List<String> help = new ArrayList<>(lookAlikes(said.line()));
        likeness.nearest(said).forEach(spec -> help.add(Interpreter.line(spec)));
        boolean begun = best.isPresent() && best.get().fitting() == said.size();
        if (help.size() <= 1) {
            help.add(EVERYTHING);
        }
        return begun
                ? new Interpretation.Incomplete(
                        "`" + said.head(said.size()) + "` is only the beginning of a command.", help)
                : new Interpretation.Unknown(unknown(said), help);
    }

    private static String unknown(Tokens said) {
        return "I do not know " + Quoted.of(said.line()) + ".";
    }

    private String said(Attempt attempt) {
        return Interpreter.line(grammar.catalog().command(attempt.rule().command()));
    }

    private static List<String> with(List<String> lines, String more) {
        List<String> all = new ArrayList<>(lines);
        all.add(more);
        return all;
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + (text.endsWith("?") ? "" : ".");
    }

    /** Letters that look like others are told by their names. */
    private static List<String> lookAlikes(String text) {
        return text.codePoints()
                .filter(point -> point > 0x7f && Character.isLetter(point))
                .distinct()
                .limit(3)
                .mapToObj(point -> Quoted.of(Character.toString(point)) + " is "
                        + String.format(Locale.ROOT, "U+%04X, %s.", point, Character.getName(point)))
                .toList();
    }
}
