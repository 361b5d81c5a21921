package io.signalbox.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One flat way to say a command, without optional parts and alternatives. */
public record Sentence(List<Word> words) {
    /** Sentences that match the same text in the order of who wins; no two of a catalog are equal in this order. */
    public static final Comparator<Sentence> MORE_DEFINITE = Sentence::compare;

    public Sentence {
        words = List.copyOf(words);
    }

    private static int compare(Sentence one, Sentence other) {
        List<Piece> ours = one.pieces();
        List<Piece> theirs = other.pieces();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            int difference =
                    Integer.compare(ours.get(i).vagueness(), theirs.get(i).vagueness());
            if (difference == 0) {
                difference = Integer.compare(length(theirs.get(i)), length(ours.get(i)));
            }
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(theirs.size(), ours.size());
    }

    private static int length(Piece piece) {
        return piece instanceof Piece.Literal literal ? literal.text().length() : 0;
    }

    private List<Piece> pieces() {
        return words.stream().flatMap(word -> word.pieces().stream()).toList();
    }

    /** Whether some text matches both and neither is more definite. */
    public boolean ties(Sentence other) {
        if (words.size() != other.words.size() || compare(this, other) != 0) {
            return false;
        }
        List<Piece> ours = pieces();
        List<Piece> theirs = other.pieces();
        for (int i = 0; i < ours.size(); i++) {
            if (!ours.get(i).overlaps(theirs.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The names of the arguments that are said in it. */
    public Set<String> arguments() {
        return words.stream()
                .flatMap(word -> word.arguments().stream())
                .map(ArgumentType::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** With these values in the places. */
    public String fill(Map<String, String> values) {
        return Template.fill(toString(), values);
    }

    @Override
    public String toString() {
        return words.stream().map(Word::toString).collect(Collectors.joining(" "));
    }
}
