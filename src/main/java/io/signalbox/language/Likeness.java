package io.signalbox.language;

import io.signalbox.catalog.ArgumentRules;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Grammar;
import io.signalbox.catalog.Grammar.Rule;
import io.signalbox.catalog.Reading;
import io.signalbox.catalog.Sentence;
import io.signalbox.catalog.Word;
import io.signalbox.notation.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what is like the words that were said. */
final class Likeness {
    private static final int MOST = 3;

    private final Grammar grammar;

    Likeness(Grammar grammar) {
        this.grammar = grammar;
    }

    /** The same words with slips of the fingers put right, where that makes a sentence of the catalog. */
    Optional<String> corrected(Tokens said) {
        return grammar.rules().stream()
                .map(Rule::sentence)
                .filter(sentence -> sentence.words().size() == said.size()
                        && sentence.words().get(0).isLiteral())
                .flatMap(sentence -> corrected(sentence, said).stream())
                .findFirst();
    }

    private static Optional<String> corrected(Sentence sentence, Tokens said) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            Optional<String> word = corrected(sentence.words().get(i), said.text(i));
            if (word.isEmpty()) {
                return Optional.empty();
            }
            words.add(word.get());
        }
        return Optional.of(String.join(" ", words));
    }

    private static Optional<String> corrected(Word word, String text) {
        if (word.isLiteral()) {
            return Nearest.to(text, List.of(word.toString()));
        }
        boolean good = word.match(text)
                .filter(captures -> captures.stream()
                        .allMatch(each -> ArgumentRules.read(each.type(), each.text()) instanceof Reading.Right))
                .isPresent();
        if (good) {
            return Optional.of(text);
        }
        ArgumentType type = word.arguments().get(0);
        return word.pieces().size() == 1 ? Nearest.to(text, type.values()) : Optional.empty();
    }

    /** The commands that share words with what was said, at most three, the likest first. */
    List<CommandSpec> nearest(Tokens said) {
        Map<String, Integer> scores = new LinkedHashMap<>();
        grammar.rules().forEach(rule -> scores.merge(rule.command(), score(rule.sentence(), said), Math::max));
        return scores.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Comparator.comparing((Map.Entry<String, Integer> entry) -> -entry.getValue()))
                .limit(MOST)
                .map(entry -> grammar.catalog().command(entry.getKey()))
                .toList();
    }

    /** Words in the same place count more. */
    private static int score(Sentence sentence, Tokens said) {
        int score = 0;
        for (int i = 0; i < said.size(); i++) {
            String text = said.text(i);
            boolean here =
                    i < sentence.words().size() && isLike(sentence.words().get(i), text);
            boolean somewhere = sentence.words().stream().anyMatch(word -> isLike(word, text));
            score += here ? 3 : somewhere ? 1 : 0;
        }
        return score;
    }

    /** Little words are in too many commands to tell anything. */
    private static boolean isLike(Word word, String text) {
        return word.isLiteral() && text.length() > 2 && Nearest.isNear(text, word.toString());
    }
}
