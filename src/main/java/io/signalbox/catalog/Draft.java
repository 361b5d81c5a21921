package io.signalbox.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A sentence in the making: pieces, and blanks between words (empty). */
record Draft(List<Optional<Piece>> parts) {
    static final Draft EMPTY = new Draft(List.of());
    static final Draft BLANK = new Draft(List.of(Optional.empty()));

    Draft {
        parts = List.copyOf(parts);
    }

    static Draft of(Piece piece) {
        return new Draft(List.of(Optional.of(piece)));
    }

    Draft then(Draft tail) {
        List<Optional<Piece>> all = new ArrayList<>(parts);
        all.addAll(tail.parts);
        return new Draft(all);
    }

    Sentence sentence() throws Phrase.Malformed {
        List<Word> words = new ArrayList<>();
        List<Piece> pieces = new ArrayList<>();
        for (Optional<Piece> part : parts) {
            if (part.isPresent()) {
                add(pieces, part.get());
            } else if (!pieces.isEmpty()) {
                words.add(new Word(pieces));
                pieces = new ArrayList<>();
            }
        }
        if (!pieces.isEmpty()) {
            words.add(new Word(pieces));
        }
        check(words);
        return new Sentence(words);
    }

    /** Literals that touch become one. */
    private static void add(List<Piece> pieces, Piece piece) {
        int last = pieces.size() - 1;
        if (last >= 0 && piece instanceof Piece.Literal literal && pieces.get(last) instanceof Piece.Literal before) {
            pieces.set(last, new Piece.Literal(before.text() + literal.text()));
        } else {
            pieces.add(piece);
        }
    }

    private static void check(List<Word> words) throws Phrase.Malformed {
        if (words.isEmpty()) {
            throw new Phrase.Malformed("it can be said without a word; make one part of it not optional");
        }
        Set<String> seen = new HashSet<>();
        for (Word word : words) {
            for (ArgumentType argument : word.arguments()) {
                if (!seen.add(argument.name())) {
                    throw new Phrase.Malformed("{" + argument.name() + "} stands in it twice");
                }
            }
            checkPlaces(word, words.get(words.size() - 1).equals(word));
        }
    }

    private static void checkPlaces(Word word, boolean last) throws Phrase.Malformed {
        for (int i = 0; i < word.pieces().size(); i++) {
            if (!(word.pieces().get(i) instanceof Piece.Place place)) {
                continue;
            }
            if (i > 0 && word.pieces().get(i - 1) instanceof Piece.Place) {
                throw new Phrase.Malformed("two arguments touch in '" + word + "'; put a blank or a sign between them");
            }
            if (place.isRest() && !(last && word.isRest())) {
                throw new Phrase.Malformed("{" + place.type().name()
                        + "} is the rest of the line, so it has to be the last word, by itself");
            }
        }
    }
}
