package io.signalbox.chat;

import io.signalbox.bus.CommandId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether words are meant for the bot, and takes its name off them. What people say to one another is left alone. */
final class Addressing {
    /** Blanks as chat clients and copied texts have them: also those that do not break, and those that nobody sees. */
    private static final String BLANK = "[\\s\\p{Z}\\u200b-\\u200d\\u2060\\ufeff]";

    private static final Pattern NAMED = Pattern.compile(
            "_*(?:[@/]?signalbox)(?:_*[:,]_*|_+|$)(.*)".replace("_", BLANK), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DOTTED =
            Pattern.compile("_*\\.(?=\\p{Alpha})(.*)".replace("_", BLANK), Pattern.DOTALL);
    private static final Pattern DECISION = Pattern.compile(
            "_*(?:approve|deny)_+(\\w+)[?!.,]*(?:_.*)?".replace("_", BLANK), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** A guess from the first word, which only decides who gets through a flood. */
    private static final Pattern URGENT = Pattern.compile(
            "_*(?:approve|deny|cancel|stop|withdraw|rollback|unlock|freeze|break)_.*".replace("_", BLANK),
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Addressing() {}

    /** Whether these words, without the bot's name, stop something or take it back. */
    static boolean isUrgent(String words) {
        return URGENT.matcher(words).matches();
    }

    /** The words without the name; empty where they are not addressed to the bot by name, by a dot or by the room. */
    static Optional<String> addressed(Said said) {
        Matcher named = NAMED.matcher(said.text());
        if (named.matches()) {
            return Optional.of(named.group(1).strip());
        }
        Matcher dotted = DOTTED.matcher(said.text());
        if (dotted.matches()) {
            return Optional.of(dotted.group(1).strip());
        }
        boolean toBot = said.way() instanceof Said.Click
                || said.way() instanceof Said.ToBot
                || said.room().isDirect();
        return toBot ? Optional.of(said.text().strip()) : Optional.empty();
    }

    /** The command that is approved or denied without the bot's name; it counts only if that command asked for approval. */
    static Optional<CommandId> decided(Said said) {
        Matcher decision = DECISION.matcher(said.text());
        return decision.matches()
                ? Optional.of(decision.group(1).toLowerCase(Locale.ROOT))
                        .filter(CommandId::isValid)
                        .map(CommandId::new)
                : Optional.empty();
    }
}
