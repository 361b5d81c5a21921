package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Node;
import io.signalbox.notation.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the policy, of which there is at most one; what only the commands can tell is checked by {@link PolicyRules}. */
final class PolicyReader {
    /** The policy as it is written; the names in it with their lines. */
    record Written(
            Place place,
            PolicySpec spec,
            Map<String, Place> roles,
            List<Fields.Text> grants,
            List<Fields.Text> breakGlass,
            List<Fields.Text> commands) {}

    private static final List<String> KEYS = List.of("roles", "break-glass", "rooms", "limits");
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,4})/min");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,2}");

    private final Mistakes mistakes;
    private final Map<String, Place> roles = new LinkedHashMap<>();
    private final List<Fields.Text> grants = new ArrayList<>();
    private final List<Fields.Text> commands = new ArrayList<>();
    private Optional<Written> written = Optional.empty();

    PolicyReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    Optional<Written> written() {
        return written;
    }

    void read(Node.Entry entry) {
        if (written.isPresent()) {
            mistakes.add(
                    entry.place(),
                    "there is a policy already, in " + written.get().place());
            return;
        }
        Fields.of("policy", entry, mistakes).ifPresent(fields -> {
            fields.refuseOthersThan(KEYS);
            if (fields.entry("roles").isEmpty()) {
                mistakes.add(fields.place(), "'roles:' is missing, as in roles: {admin: {grants: [admin, deployer]}}");
            }
            Map<String, PolicySpec.Role> known = roles(fields);
            List<Fields.Text> breakGlass = fields.texts("break-glass");
            PolicySpec spec = new PolicySpec(known, values(breakGlass), rooms(fields), limits(fields));
            written = Optional.of(new Written(fields.place(), spec, roles, grants, breakGlass, commands));
        });
    }

    private Map<String, PolicySpec.Role> roles(Fields policy) {
        Map<String, PolicySpec.Role> known = new LinkedHashMap<>();
        policy.table("roles")
                .ifPresent(table -> table.entries().forEach((name, entry) -> {
                    if (!CommandReader.ROLE.matcher(name).matches() || name.equals(CommandSpec.EVERYONE)) {
                        mistakes.add(
                                entry.place(),
                                name.equals(CommandSpec.EVERYONE)
                                        ? "every member has the role everyone: it is not for a policy to give"
                                        : "'" + name + "' is not a role: small letters, digits and -");
                    }
                    roles.put(name, entry.place());
                    Fields.of(name, entry, mistakes).ifPresent(role -> {
                        role.refuseOthersThan(List.of("grants", "help"));
                        List<Fields.Text> granted = role.texts("grants");
                        grants.addAll(granted);
                        String help = role.text("help").map(Fields.Text::value).orElse("");
                        known.put(name, new PolicySpec.Role(help, values(granted)));
                    });
                }));
        return known;
    }

    private List<RoomRule> rooms(Fields policy) {
        List<RoomRule> rules = new ArrayList<>();
        policy.table("rooms")
                .ifPresent(table -> table.entries()
                        .forEach((name, entry) -> Fields.of(name, entry, mistakes)
                                .ifPresent(room -> {
                                    room.refuseOthersThan(List.of("risk", "commands"));
                                    List<Fields.Text> named = room.texts("commands");
                                    commands.addAll(named);
                                    rules.add(new RoomRule(
                                            name,
                                            room.text("risk")
                                                    .flatMap(said -> room.oneOf("risk", said, Risk.values()))
                                                    .orElse(Risk.DESTROY),
                                            named.stream()
                                                    .map(Fields.Text::value)
                                                    .toList()));
                                })));
        return rules;
    }

    private PolicySpec.Limits limits(Fields policy) {
        PolicySpec.Limits standard = PolicySpec.Limits.STANDARD;
        return policy.table("limits")
                .map(limits -> {
                    limits.refuseOthersThan(List.of("person", "room", "running"));
                    return new PolicySpec.Limits(
                            rate(limits, "person", standard.person()),
                            rate(limits, "room", standard.room()),
                            running(limits, standard.running()));
                })
                .orElse(standard);
    }

    private OptionalInt rate(Fields limits, String key, OptionalInt standard) {
        Optional<Fields.Text> said = limits.text(key);
        if (said.isEmpty()) {
            return standard;
        }
        Matcher rate = RATE.matcher(said.get().value());
        if (!rate.matches()) {
            mistakes.add(
                    said.get().place(),
                    "'" + said.get().value() + "' is no rate: a number and /min, as in " + key + ": 20/min");
            return standard;
        }
        return OptionalInt.of(Integer.parseInt(rate.group(1)));
    }

    private int running(Fields limits, int standard) {
        Optional<Fields.Text> said = limits.text("running");
        if (said.isPresent() && !COUNT.matcher(said.get().value()).matches()) {
            mistakes.add(
                    said.get().place(),
                    "'" + said.get().value() + "' is no number of commands: 1 to 999, as in running: 10");
            return standard;
        }
        return said.map(text -> Integer.parseInt(text.value())).orElse(standard);
    }

    private static Set<String> values(List<Fields.Text> texts) {
        Set<String> values = new HashSet<>();
        texts.forEach(text -> values.add(text.value()));
        return values;
    }
}
