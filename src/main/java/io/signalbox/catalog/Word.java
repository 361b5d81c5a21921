package io.signalbox.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands between two blanks of a sentence: {@code deploy}, {@code backend/{ref}}. Two places never touch. */
public record Word(List<Piece> pieces) {
    /** What a text has at a place of this word; may be empty. */
    public record Capture(ArgumentType type, String text) {}

    public Word {
        pieces = List.copyOf(pieces);
    }

    /** What stands at the places; empty where the literal parts differ. Literals are matched in any case. */
    public Optional<List<Capture>> match(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        if (small.length() != text.length()) {
            return Optional.empty();
        }
        List<Capture> captures = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof Piece.Literal literal) {
                if (!small.startsWith(literal.text(), at)) {
                    return Optional.empty();
                }
                at += literal.text().length();
            } else if (pieces.get(i) instanceof Piece.Place place) {
                int end = i + 1 == pieces.size() ? small.length() : small.indexOf(literal(i + 1), at);
                if (end < 0) {
                    return Optional.empty();
                }
                captures.add(new Capture(place.type(), text.substring(at, end)));
                at = end;
            }
        }
        return at == text.length() ? Optional.of(captures) : Optional.empty();
    }

    private String literal(int index) {
        return ((Piece.Literal) pieces.get(index)).text();
    }

    public boolean isLiteral() {
        return pieces.stream().allMatch(Piece.Literal.class::isInstance);
    }

    /** Whether an argument comes first in it. */
    public boolean beginsWithPlace() {
        return pieces.get(0) instanceof Piece.Place;
    }

    /** Whether this takes the rest of the line. */
    public boolean isRest() {
        return pieces.size() == 1 && pieces.get(0) instanceof Piece.Place place && place.isRest();
    }

    public List<ArgumentType> arguments() {
        return pieces.stream()
                .filter(Piece.Place.class::isInstance)
                .map(piece -> ((Piece.Place) piece).type())
                .toList();
    }

    /** As in the catalog: {@code backend/{ref}}. */
    @Override
    public String toString() {
        return pieces.stream().map(Word::text).collect(Collectors.joining());
    }

    private static String text(Piece piece) {
        return piece instanceof Piece.Place place ? "{" + place.type().name() + "}" : ((Piece.Literal) piece).text();
    }
}
