package io.signalbox.catalog;

import io.signalbox.bus.CommandId;
import io.signalbox.notation.Durations;
import io.signalbox.notation.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What each form of argument takes. Strict: whatever is not plainly one is refused with what would be right. */
public final class ArgumentRules {
    private static final int LONGEST = 250;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    /** Names that Ansible gives a meaning of its own. */
    private static final Set<String> HOST_WORDS = Set.of("all", "ungrouped", "localhost");

    private static final Pattern MENTION = Pattern.compile("<@[A-Z0-9]{2,30}(\\|[^<>|]*)?>");
    private static final Pattern PERSON = Pattern.compile("(@|[a-z][a-z0-9]*:)[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");
    private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3]):[0-5][0-9]");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private ArgumentRules() {}

    public static Reading read(ArgumentType type, String text) {
        String title = type.name().replace('-', ' ');
        if (text.isEmpty()) {
            return new Reading.Wrong("there is nothing where the " + title + " should be");
        }
        if (text.length() > LONGEST && type.form() != ArgumentType.Form.TEXT) {
            return new Reading.Wrong(
                    "the " + title + " has " + text.length() + " characters; at most " + LONGEST + " may be");
        }
        String quoted = Quoted.of(text);
        return switch (type.form()) {
            case ONE_OF -> oneOf(type, title, text);
            case GIT_REF -> GitRefForm.read(text);
            case HOSTS -> hosts(text);
            case COMMAND_ID -> commandId(quoted, text.toLowerCase(Locale.ROOT));
            case PERSON ->
                when(
                        MENTION.matcher(text).matches() || PERSON.matcher(text).matches(),
                        text,
                        quoted + " is not a person: mention somebody, as in @bert");
            case ROLE ->
                when(
                        ROLE.matcher(text.toLowerCase(Locale.ROOT)).matches(),
                        text.toLowerCase(Locale.ROOT),
                        quoted + " is not a role: letters, digits and -, as in deployer");
            case NAME ->
                when(
                        NAME.matcher(text).matches(),
                        text,
                        quoted + " is not a " + title + ": letters, digits and . _ - /, as in backend/staging");
            case TEXT -> text(title, text);
            case NUMBER -> when(NUMBER.matcher(text).matches(), text, quoted + " is not a number, as in 12");
            case DURATION ->
                when(Durations.read(text).isPresent(), text, quoted + " is not a duration: " + Durations.EXAMPLE);
            case TIME -> when(TIME.matcher(text).matches(), text, quoted + " is not a time of the day, as in 18:00");
        };
    }

    /** What may stand at this place, for people: {@code staging or production}, {@code a git reference}. */
    public static String expectation(ArgumentType type) {
        return switch (type.form()) {
            case ONE_OF -> choice(type.values());
            case GIT_REF -> "a branch, tag or commit";
            case HOSTS -> "names of the inventory with commas between them";
            case COMMAND_ID -> "a command's id of six letters and digits";
            case PERSON -> "a person, as in @bert";
            case ROLE -> "a role, as in deployer";
            case NAME -> "a name, as in backend/staging";
            case TEXT -> "some words";
            case NUMBER -> "a number";
            case DURATION -> Durations.EXAMPLE;
            case TIME -> "a time of the day, as in 18:00";
        };
    }

    private static Reading when(boolean right, String value, String otherwise) {
        return right ? new Reading.Right(value) : new Reading.Wrong(otherwise);
    }

    private static Reading oneOf(ArgumentType type, String title, String text) {
        return type.values().stream()
                .filter(value -> value.equalsIgnoreCase(text) && value.length() == text.length())
                .<Reading>map(Reading.Right::new)
                .findFirst()
                .orElseGet(() -> new Reading.Wrong("there is no " + title + " " + Quoted.of(text) + ": "
                        + choice(type.values()) + Nearest.hint(text, type.values())));
    }

    private static String choice(List<String> values) {
        int last = values.size() - 1;
        return last == 0 ? values.get(0) : String.join(", ", values.subList(0, last)) + " or " + values.get(last);
    }

    private static Reading hosts(String text) {
        Set<String> seen = new HashSet<>();
        for (String host : text.split(",", -1)) {
            if (!HOST.matcher(host).matches()) {
                return new Reading.Wrong(Quoted.of(host)
                        + " is not a host: names of the inventory with commas between them, no patterns");
            }
            if (HOST_WORDS.contains(host.toLowerCase(Locale.ROOT))) {
                return new Reading.Wrong(
                        Quoted.of(host) + " is not a host's name; leave the hosts out to mean all of them");
            }
            if (!seen.add(host)) {
                return new Reading.Wrong(Quoted.of(host) + " is named twice");
            }
        }
        return new Reading.Right(text);
    }

    private static Reading commandId(String quoted, String text) {
        return when(
                CommandId.isValid(text), text, quoted + " is not a command's id: six letters and digits, as in k7m2pq");
    }

    private static Reading text(String title, String text) {
        return text.chars().anyMatch(Character::isISOControl)
                ? new Reading.Wrong("the " + title + " holds a control character; write plain words")
                : new Reading.Right(text.strip());
    }
}
