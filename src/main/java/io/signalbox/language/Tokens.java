package io.signalbox.language;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody said, without what phones and word processors make of it: smart quotes, long dashes, blanks that do not
 * break or have no width.
 *
 * @param line the whole of it
 * @param tokens its words
 */
record Tokens(String line, List<Token> tokens) {
    /** {@code start} is where it begins in the line. */
    record Token(String text, int start) {}

    private static final Pattern WORD = Pattern.compile("[^ ]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\u00ad\\u200b\\u200c\\u200d\\u2060\\ufeff]");
    private static final Pattern BLANK = Pattern.compile("[\\t\\p{Zs}]+");
    private static final Pattern DOUBLE_QUOTE = Pattern.compile("[\\u201c\\u201d\\u201e\\u201f\\u00ab\\u00bb\\u2033]");
    private static final Pattern SINGLE_QUOTE = Pattern.compile("[\\u2018\\u2019\\u201a\\u201b\\u2032]");
    private static final Pattern LONG_DASH = Pattern.compile("[\\u2014\\u2015]");
    private static final Pattern DASH = Pattern.compile("[\\u2010-\\u2013\\u2212]");
    private static final Pattern QUOTED = Pattern.compile("([\"'`])(.+)\\1");
    private static final Pattern LAST_COMMAS = Pattern.compile(",+$");
    private static final Pattern END_OF_SENTENCE = Pattern.compile("(.*[^?!.])[?!.]+");

    Tokens {
        tokens = List.copyOf(tokens);
    }

    /** {@code said} is one line. A comma after a word is one of the sentence and overlooked. */
    static Tokens of(String said) {
        return of(said, Tokens::addWord);
    }

    /** For commands that take lists: what follows a comma belongs to the same list, as in {@code web1, web2}. */
    static Tokens withLists(String said) {
        return of(said, Tokens::addToList);
    }

    private static Tokens of(String said, BiConsumer<List<Token>, Token> add) {
        String line = unquoted(plain(said));
        List<Token> tokens = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            add.accept(tokens, new Token(word.group(), word.start()));
        }
        int last = tokens.size() - 1;
        if (last >= 0) {
            Matcher end = END_OF_SENTENCE.matcher(tokens.get(last).text());
            if (end.matches()) {
                tokens.set(last, new Token(end.group(1), tokens.get(last).start()));
            }
        }
        tokens.replaceAll(token -> new Token(unquoted(token.text()), token.start()));
        return new Tokens(line, tokens);
    }

    private static String plain(String said) {
        String text = INVISIBLE.matcher(said).replaceAll("");
        text = BLANK.matcher(text).replaceAll(" ");
        text = DOUBLE_QUOTE.matcher(text).replaceAll("\"");
        text = SINGLE_QUOTE.matcher(text).replaceAll("'");
        text = LONG_DASH.matcher(text).replaceAll("--");
        return DASH.matcher(text).replaceAll("-").strip();
    }

    private static String unquoted(String text) {
        Matcher quoted = QUOTED.matcher(text);
        return quoted.matches() && quoted.group(2).indexOf(quoted.group(1).charAt(0)) < 0
                ? quoted.group(2).strip()
                : text;
    }

    private static void addWord(List<Token> tokens, Token token) {
        String text = LAST_COMMAS.matcher(token.text()).replaceFirst("");
        if (!text.isEmpty()) {
            tokens.add(new Token(text, token.start()));
        }
    }

    private static void addToList(List<Token> tokens, Token token) {
        int last = tokens.size() - 1;
        if (last >= 0 && tokens.get(last).text().endsWith(",")) {
            Token before = tokens.get(last);
            tokens.set(last, new Token(before.text() + token.text(), before.start()));
        } else {
            tokens.add(token);
        }
    }

    int size() {
        return tokens.size();
    }

    String text(int index) {
        return tokens.get(index).text();
    }

    /** The line from this token to its end. */
    String rest(int index) {
        return line.substring(tokens.get(index).start()).strip();
    }

    /** The first tokens with single blanks between them. */
    String head(int count) {
        return String.join(
                " ", tokens.subList(0, count).stream().map(Token::text).toList());
    }
}
