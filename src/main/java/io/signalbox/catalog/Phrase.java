package io.signalbox.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of the catalog: words, {@code {argument}}, {@code [optional]}, {@code a|b}. Between brackets {@code |} parts
 * the whole content, elsewhere only the word it stands in.
 */
final class Phrase {
    /** Why a text is no pattern; the message is for the catalog's author. */
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }

    private static final int MOST_SENTENCES = 500;
    private static final Pattern ARGUMENT = Pattern.compile("\\{([a-z][a-z0-9-]*)}");
    private static final Pattern LITERAL = Pattern.compile("[^\\s{}\\[\\]|]+");

    private final String text;
    private final Map<String, ArgumentType> arguments;
    private int at;

    private Phrase(String text, Map<String, ArgumentType> arguments) {
        this.text = text;
        this.arguments = arguments;
    }

    /** Every flat form of this pattern, each once, in the order of the text. */
    static List<Sentence> expand(String text, Map<String, ArgumentType> arguments) throws Malformed {
        Phrase phrase = new Phrase(text, arguments);
        List<Draft> drafts = phrase.alternatives(false);
        if (phrase.at < text.length()) {
            throw new Malformed("a ']' closes nothing");
        }
        List<Sentence> sentences = new ArrayList<>();
        for (Draft draft : drafts) {
            Sentence sentence = draft.sentence();
            if (!sentences.contains(sentence)) {
                sentences.add(sentence);
            }
        }
        return sentences;
    }

    /** What stands up to the closing bracket, or to the end of the text. */
    private List<Draft> alternatives(boolean inBrackets) throws Malformed {
        List<Draft> finished = new ArrayList<>();
        List<Draft> before = List.of(Draft.EMPTY);
        List<Draft> others = new ArrayList<>();
        List<Draft> word = List.of(Draft.EMPTY);
        while (at < text.length() && text.charAt(at) != ']') {
            char next = text.charAt(at);
            if (next == '|' && inBrackets) {
                at++;
                finished.addAll(product(before, word));
                before = List.of(Draft.EMPTY);
                word = List.of(Draft.EMPTY);
            } else if (next == '|') {
                at++;
                others.addAll(word);
                word = List.of(Draft.EMPTY);
            } else if (Character.isWhitespace(next)) {
                at++;
                others.addAll(word);
                before = product(product(before, others), List.of(Draft.BLANK));
                others = new ArrayList<>();
                word = List.of(Draft.EMPTY);
            } else {
                word = product(word, part(next));
            }
        }
        others.addAll(word);
        finished.addAll(product(before, others));
        return finished;
    }

    private List<Draft> part(char next) throws Malformed {
        if (next == '[') {
            at++;
            List<Draft> optional = new ArrayList<>(alternatives(true));
            if (at >= text.length()) {
                throw new Malformed("a '[' is not closed");
            }
            at++;
            optional.add(Draft.EMPTY);
            return optional;
        }
        Matcher argument = ARGUMENT.matcher(text).region(at, text.length());
        if (argument.lookingAt()) {
            at = argument.end();
            ArgumentType type = arguments.get(argument.group(1));
            if (type == null) {
                throw new Malformed(Unknown.argument(argument.group(1), arguments.keySet()));
            }
            return List.of(Draft.of(new Piece.Place(type)));
        }
        Matcher literal = LITERAL.matcher(text).region(at, text.length());
        if (!literal.lookingAt()) {
            throw new Malformed("'" + next + "' is out of place; an argument is written {name}, in small letters");
        }
        at = literal.end();
        return List.of(Draft.of(new Piece.Literal(literal.group().toLowerCase(Locale.ROOT))));
    }

    private static List<Draft> product(List<Draft> heads, List<Draft> tails) throws Malformed {
        if ((long) heads.size() * tails.size() > MOST_SENTENCES) {
            throw new Malformed(
                    "this can be said in more than " + MOST_SENTENCES + " ways; make several patterns of it");
        }
        List<Draft> product = new ArrayList<>();
        for (Draft head : heads) {
            for (Draft tail : tails) {
                product.add(head.then(tail));
            }
        }
        return product;
    }
}
