package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Nearest;
import io.signalbox.notation.Place;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What can only be seen of a policy when all commands are known: names that do not exist, and rules that nobody could meet. */
final class PolicyRules {
    private final PolicyReader.Written policy;
    private final Map<String, CommandReader.Written> commands;
    private final Mistakes mistakes;

    PolicyRules(PolicyReader.Written policy, Map<String, CommandReader.Written> commands, Mistakes mistakes) {
        this.policy = policy;
        this.commands = commands;
        this.mistakes = mistakes;
    }

    void check() {
        policy.grants().forEach(role -> requireKnown(role, "'grants' names"));
        policy.breakGlass().forEach(role -> requireKnown(role, "'break-glass' names"));
        commands.forEach((name, written) -> written.roles().forEach(role -> requireKnown(role, name + " needs")));
        requireGrantable();
        policy.commands().forEach(this::requireCommand);
        requireSayable();
    }

    private void requireKnown(Fields.Text role, String what) {
        Collection<String> known = policy.roles().keySet();
        boolean isEverybody = role.value().equals(CommandSpec.EVERYONE) && !what.startsWith("'");
        if (!isEverybody && !known.contains(role.value())) {
            mistakes.add(
                    role.place(),
                    what + " the role '" + role.value() + "', which the policy in " + policy.place() + " does not know"
                            + hint(role.value(), known));
        }
    }

    /** The settings name the first admins, so what these cannot give, nor those whom they give a role, nobody ever gets. */
    private void requireGrantable() {
        if (!policy.roles().containsKey(PolicySpec.ADMIN)) {
            mistakes.add(
                    policy.place(),
                    "'roles' has no 'admin': the first persons to give roles have it, as in admin: {grants: [admin]}");
            return;
        }
        Set<String> granted = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(PolicySpec.ADMIN));
        while (!next.isEmpty()) {
            PolicySpec.Role role = policy.spec().roles().get(next.remove());
            if (role != null) {
                role.grants().stream().filter(granted::add).forEach(next::add);
            }
        }
        policy.roles().forEach((name, place) -> {
            if (!granted.contains(name)) {
                mistakes.add(
                        place,
                        "nobody can ever give the role '" + name
                                + "': neither admin nor a role that admin gives has it under 'grants'");
            }
        });
    }

    private void requireCommand(Fields.Text pattern) {
        Set<String> known = new TreeSet<>();
        commands.forEach((name, written) -> {
            if (written.spec().startsProcess()) {
                known.add(name);
                known.add(name.replaceFirst("\\..*", ".*"));
            }
        });
        if (known.stream().noneMatch(name -> RoomRule.covers(pattern.value(), name))) {
            mistakes.add(
                    pattern.place(), "there is no command '" + pattern.value() + "'" + hint(pattern.value(), known));
        }
    }

    /** A command that no room lets anybody say; an approval that nobody could give is one of these. */
    private void requireSayable() {
        Place place = policy.place();
        commands.forEach((name, written) -> {
            if (policy.spec().roomsFor(written.spec()).isEmpty()) {
                mistakes.add(place, "'rooms' has no room where " + name + " may be said, and no rule for others");
            }
        });
    }

    private static String hint(String word, Collection<String> known) {
        String near = Nearest.hint(word, known);
        return near.isEmpty() ? "; there are " + Unknown.listed(known) : near;
    }
}
