package io.signalbox.catalog;

import io.signalbox.notation.Durations;
import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Node;
import io.signalbox.notation.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one command of the catalog. */
final class CommandReader {
    /** A command and where it is written: all sentences of its patterns, and the roles that it names. */
    record Written(Place place, CommandSpec spec, List<Way> ways, List<Fields.Text> roles) {}

    /** A sentence and the line of its pattern. */
    record Way(Place place, Sentence sentence) {}

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)?");
    static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final List<String> KEYS = List.of(
            "say",
            "help",
            "risk",
            "roles",
            "approval",
            "lock",
            "timeout",
            "run",
            "plan",
            "consequences",
            "later",
            "averts",
            "frozen",
            "actions");
    private static final List<String> FROZEN = List.of("allowed", "refused");
    private static final List<String> KEYS_OF_WORDS = List.of("say", "help", "risk", "roles", "approval", "answer");

    private final Path code;
    private final Map<String, ArgumentType> types;
    private final Mistakes mistakes;
    private final Times times;

    CommandReader(Path code, Map<String, ArgumentType> types, Mistakes mistakes, Times times) {
        this.code = code;
        this.types = types;
        this.mistakes = mistakes;
        this.times = times;
    }

    /** {@code aboutBot}: it stands in the bot's own file, where commands are answered and not run. */
    Optional<Written> read(String name, Node.Entry entry, boolean aboutBot) {
        if (!NAME.matcher(name).matches()) {
            mistakes.add(
                    entry.place(),
                    "'" + name + "' cannot name a command: small letters, digits and -, as in backend.deploy");
        }
        return Fields.of(name, entry, mistakes).flatMap(fields -> {
            fields.refuseOthersThan(aboutBot ? KEYS_OF_WORDS : KEYS);
            List<Way> ways = ways(fields);
            CommandArguments arguments =
                    CommandArguments.of(ways.stream().map(Way::sentence).toList());
            TemplateRules templates =
                    new TemplateRules(arguments, fields.entry("plan").isPresent(), mistakes);
            ActionReader actions = new ActionReader(code, mistakes, arguments, templates);
            Optional<Action> action = aboutBot ? answer(fields) : run(fields, actions);
            Optional<Action.Playbook> plan = fields.table("plan").flatMap(table -> actions.playbook(table, true));
            fields.text("lock").ifPresent(lock -> templates.text(lock, "the lock"));
            fields.texts("consequences").forEach(text -> templates.text(text, "a consequence"));
            String help = fields.requiredText("help", "help: What this does, in one sentence.")
                    .map(Fields.Text::value)
                    .orElse("");
            CommandSpec draft = new CommandSpec(
                    name,
                    values(fields, "say"),
                    help,
                    risk(fields),
                    roles(fields),
                    new ApprovalReader(mistakes, arguments).read(fields),
                    fields.text("lock").map(Fields.Text::value),
                    aboutBot ? Duration.ZERO : timeout(fields),
                    action.orElse(new Action.Answer(Owner.ABOUT)),
                    plan,
                    values(fields, "consequences"),
                    new SequelReader(mistakes, templates, times).read(fields),
                    unfrozen(fields),
                    values(fields, "actions"));
            return action.isEmpty() || ways.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Written(entry.place(), draft, ways, aboutBot ? List.of() : namedRoles(fields)));
        });
    }

    /** Whose holders may say it, and whose may approve it. */
    private static List<Fields.Text> namedRoles(Fields fields) {
        Stream<Fields.Text> approvers = fields.table("approval").stream().flatMap(each -> each.text("by").stream());
        return Stream.concat(fields.texts("roles").stream(), approvers).toList();
    }

    private static List<String> values(Fields fields, String key) {
        return fields.texts(key).stream().map(Fields.Text::value).toList();
    }

    private List<Way> ways(Fields fields) {
        if (fields.entry("say").isEmpty()) {
            mistakes.add(fields.place(), "'say:' is missing, as in say: deploy backend [to] {environment}");
        }
        List<Way> ways = new ArrayList<>();
        for (Fields.Text pattern : fields.texts("say")) {
            try {
                Phrase.expand(pattern.value(), types).forEach(sentence -> ways.add(new Way(pattern.place(), sentence)));
            } catch (Phrase.Malformed e) {
                mistakes.add(pattern.place(), "'" + pattern.value() + "': " + e.getMessage());
            }
        }
        return ways;
    }

    private Optional<Action> run(Fields fields, ActionReader actions) {
        if (fields.entry("run").isEmpty()) {
            mistakes.add(fields.place(), "'run:' is missing, as in run: {playbook: backend_deploy.yml}");
        }
        return fields.table("run").flatMap(actions::run);
    }

    private Optional<Action> answer(Fields fields) {
        return fields.requiredText("answer", "answer: about")
                .flatMap(said -> fields.oneOf("answer", said, Owner.values()))
                .map(Action.Answer::new);
    }

    private Risk risk(Fields fields) {
        return fields.requiredText("risk", "risk: change")
                .flatMap(said -> fields.oneOf("risk", said, Risk.values()))
                .orElse(Risk.DESTROY);
    }

    private Set<String> roles(Fields fields) {
        List<Fields.Text> roles = fields.texts("roles");
        if (roles.isEmpty()) {
            mistakes.add(fields.place(), "'roles:' is missing, as in roles: [deployer]; everyone is a role too");
        }
        for (Fields.Text role : roles) {
            if (!ROLE.matcher(role.value()).matches()) {
                mistakes.add(role.place(), "'" + role.value() + "' is not a role: small letters, digits and -");
            }
        }
        return new HashSet<>(values(fields, "roles"));
    }

    /** Whether it may begin in a freeze, as the way back may. */
    private boolean unfrozen(Fields fields) {
        Optional<Fields.Text> said = fields.text("frozen");
        if (said.filter(text -> !FROZEN.contains(text.value())).isPresent()) {
            mistakes.add(said.get().place(), "'frozen' is one of " + String.join(", ", FROZEN));
        }
        return said.filter(text -> text.value().equals(FROZEN.get(0))).isPresent();
    }

    private Duration timeout(Fields fields) {
        Optional<Fields.Text> said = fields.requiredText("timeout", "timeout: 45m");
        Optional<Duration> timeout = said.flatMap(text -> Durations.read(text.value()));
        if (said.isPresent()
                && timeout.filter(time -> time.compareTo(LONGEST) <= 0).isEmpty()) {
            mistakes.add(
                    said.get().place(),
                    "'" + said.get().value() + "' is no time limit: " + Durations.EXAMPLE + ", at most 24h");
        }
        return timeout.orElse(LONGEST);
    }
}
