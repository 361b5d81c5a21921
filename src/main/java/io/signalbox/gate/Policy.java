package io.signalbox.gate;

import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.catalog.Approval;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.PolicySpec;
import io.signalbox.catalog.Risk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Who may say what and who may approve it. No rule means no. */
final class Policy {
    static final String ADMIN = PolicySpec.ADMIN;

    private final Set<String> services;
    private final Supplier<PolicySpec> rules;

    /** {@code services}: the chat services whose members are let in, as in {@code console}. */
    Policy(Set<String> services, Supplier<PolicySpec> rules) {
        this.services = Set.copyOf(services);
        this.rules = rules;
    }

    /** Under a catalog without a policy of its own. */
    Policy(Set<String> services) {
        this(services, () -> PolicySpec.NONE);
    }

    /** Whether this room is one for such a command. */
    Verdict mayBeSaidIn(CommandSpec spec, String said, Room room) {
        PolicySpec policy = rules.get();
        return policy.allows(spec, room)
                ? Verdict.allowed()
                : new Verdict.Refused(
                        "room",
                        "`" + said + "` may not be said "
                                + (room.isDirect() ? "in a direct message." : "in this room."),
                        "It may be said in: " + rooms(policy.roomsFor(spec)) + ".");
    }

    private static String rooms(List<String> names) {
        return names.stream()
                .map(name -> switch (name) {
                    case "direct" -> "direct messages";
                    case "others" -> "rooms that the policy does not name";
                    default -> name;
                })
                .collect(Collectors.joining(", "));
    }

    Verdict maySay(CommandSpec spec, String said, Person person, Holdings holdings) {
        if (!isMember(person)) {
            return new Verdict.Refused(
                    "member",
                    person.name() + " (" + person.id() + ") is not a member of a chat that Signalbox serves.",
                    "It serves: " + String.join(", ", new TreeSet<>(services)) + ".");
        }
        if (spec.roles().isEmpty()) {
            return new Verdict.Refused(
                    "role",
                    "The catalog names no role that may say `" + said + "`, so nobody may.",
                    "Give " + spec.name() + " its `roles:` in the catalog.");
        }
        return holdings.has(person.id(), spec.roles()) ? Verdict.allowed() : noRole(spec, said, person, holdings);
    }

    /** Of a chat that is served. */
    boolean isMember(Person person) {
        return services.contains(person.service());
    }

    private Verdict noRole(CommandSpec spec, String said, Person person, Holdings holdings) {
        List<String> help = new ArrayList<>();
        for (String role : new TreeSet<>(spec.roles())) {
            List<String> holders = holdings.holders(role);
            help.add(holders.isEmpty() ? "Nobody is " + role + " yet." : role + ": " + holdings.names(holders) + ".");
        }
        help.add(howToGet(person.name(), least(spec.roles()), holdings));
        return new Verdict.Refused(
                "role",
                "`" + said + "` needs the role " + either(spec.roles()) + ", which " + person.name()
                        + " does not have.",
                help);
    }

    /** Nobody is told to become an admin where less will do. */
    private static String least(Set<String> roles) {
        return new TreeSet<>(roles)
                .stream().filter(role -> !role.equals(ADMIN)).findFirst().orElse(ADMIN);
    }

    private String howToGet(String whom, String role, Holdings holdings) {
        List<String> granters = rules.get().granters(role).stream()
                .flatMap(each -> holdings.holders(each).stream())
                .distinct()
                .toList();
        return granters.isEmpty()
                ? "Nobody can grant it: the setting gate.first-roles names the first admins."
                : holdings.names(granters) + " can say: `@" + whom + " has " + role + " role`.";
    }

    /** Approval is by another person, who could have said it himself and held the role when it was said. */
    Verdict mayApprove(
            CommandSpec spec, Approval rule, Person requester, Instant requested, Person approver, Holdings holdings) {
        String others = needsAnother(rule, approvers(spec, rule, requester, requested, holdings), holdings);
        if (approver.is(requester)) {
            return new Verdict.Refused(
                    "own",
                    approver.name() + " asked for this: it is approved by somebody else, not by yourself.",
                    others);
        }
        for (Set<String> anyOf : List.of(Set.of(rule.by()), spec.roles())) {
            if (!holdings.has(approver.id(), anyOf)) {
                return new Verdict.Refused(
                        "approver",
                        approver.name() + " does not have the role " + either(anyOf) + ", which approving this needs.",
                        others);
            }
            if (!holdings.had(approver.id(), anyOf, requested)) {
                return new Verdict.Refused(
                        "approver",
                        approver.name() + " did not have the role " + either(anyOf) + " when this was asked for.",
                        others,
                        "For a new role to count it has to be asked for again.");
            }
        }
        return Verdict.allowed();
    }

    /** The ids of those who could approve; empty too where every member could. */
    List<String> approvers(CommandSpec spec, Approval rule, Person requester, Instant requested, Holdings holdings) {
        List<String> named = rule.by().equals(CommandSpec.EVERYONE)
                ? spec.roles().stream()
                        .flatMap(role -> holdings.holders(role).stream())
                        .distinct()
                        .toList()
                : holdings.holders(rule.by());
        return named.stream()
                .filter(person -> !person.equals(requester.id()))
                .filter(person -> holdings.had(person, Set.of(rule.by()), requested))
                .filter(person -> holdings.had(person, spec.roles(), requested))
                .toList();
    }

    /** Whether as many others as have to agree can. */
    Verdict canBeApproved(CommandSpec spec, Approval rule, Person requester, Instant requested, Holdings holdings) {
        boolean everyone =
                rule.by().equals(CommandSpec.EVERYONE) && spec.roles().contains(CommandSpec.EVERYONE);
        List<String> others = approvers(spec, rule, requester, requested, holdings);
        return everyone || others.size() >= rule.needed()
                ? Verdict.allowed()
                : new Verdict.Refused(
                        "approval",
                        "This needs " + others(rule.by(), rule.needed()) + " to approve it, and "
                                + (others.isEmpty() ? "nobody else" : "only " + holdings.names(others)) + " can.",
                        howToGet("NAME", rule.by(), holdings),
                        "Then ask for this again.");
    }

    /** Whether it must wait for the audit log: what starts a process or changes something. */
    static boolean needsRecording(CommandSpec spec) {
        return spec.startsProcess() || spec.risk() != Risk.READ;
    }

    /** As in {@code another deployer} or {@code 2 others with the role deployer}. */
    static String others(String role, int needed) {
        return needed == 1 ? "another " + role : needed + " others with the role " + role;
    }

    private static String needsAnother(Approval rule, List<String> approvers, Holdings holdings) {
        return "It needs " + others(rule.by(), rule.needed())
                + (approvers.isEmpty() ? "." : ": " + holdings.names(approvers) + ".");
    }

    static String either(Set<String> roles) {
        return String.join(" or ", new TreeSet<>(roles));
    }
}
