package io.signalbox.language;

import io.signalbox.catalog.ArgumentRules;
import io.signalbox.catalog.Grammar.Rule;
import io.signalbox.catalog.Reading;
import io.signalbox.catalog.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds one sentence against what was said, from the first word to the last. */
final class Holding {
    private final Rule rule;
    private final Tokens said;
    private final Map<String, String> arguments = new LinkedHashMap<>();
    private int fitting;
    private Attempt.@Nullable BadValue bad;

    private Holding(Rule rule, Tokens said) {
        this.rule = rule;
        this.said = said;
    }

    static Attempt of(Rule rule, Tokens said) {
        return new Holding(rule, said).match();
    }

    /** After a value that cannot be, the rest still tells whether this sentence was meant. */
    private Attempt match() {
        List<Word> words = rule.sentence().words();
        for (int i = 0; i < words.size(); i++) {
            if (i >= said.size()) {
                return bad == null ? new Attempt.Missing(rule, fitting, words.get(i)) : inTheMiddle();
            }
            boolean rest = words.get(i).isRest();
            Optional<List<Word.Capture>> captures = words.get(i).match(rest ? said.rest(i) : said.text(i));
            if (captures.isEmpty()) {
                return bad == null ? new Attempt.Mismatch(rule, fitting) : inTheMiddle();
            }
            take(captures.get());
            if (rest) {
                return end();
            }
        }
        if (said.size() > words.size()) {
            return bad == null ? new Attempt.Surplus(rule, fitting) : inTheMiddle();
        }
        return end();
    }

    private void take(List<Word.Capture> captures) {
        int before = fitting;
        boolean good = true;
        for (Word.Capture capture : captures) {
            Reading reading = ArgumentRules.read(capture.type(), capture.text());
            if (reading instanceof Reading.Right right) {
                arguments.put(capture.type().name(), right.value());
            } else if (reading instanceof Reading.Wrong wrong) {
                good = false;
                if (bad == null) {
                    bad = new Attempt.BadValue(rule, before, capture.type(), capture.text(), wrong.why());
                }
            }
        }
        if (good) {
            fitting++;
        }
    }

    private Attempt end() {
        return bad == null
                ? new Attempt.Match(rule, fitting, arguments)
                : new Attempt.BadValue(rule, fitting, bad.type(), bad.text(), bad.why());
    }

    /** The form is not right either: only what fits before the bad value counts. */
    private Attempt inTheMiddle() {
        return bad == null ? new Attempt.Mismatch(rule, fitting) : bad;
    }
}
