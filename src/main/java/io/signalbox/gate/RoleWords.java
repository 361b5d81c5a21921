package io.signalbox.gate;

import io.signalbox.brain.CommitResult;
import io.signalbox.bus.Person;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Granting, revoking and asking about roles. */
final class RoleWords {
    private static final String GRANTER = "granter";

    private final InstantSource clock;
    private final Roles roles;
    private final Set<String> services;
    private final Supplier<Catalog> catalog;
    private final Function<String, Future<Boolean>> isMember;

    /** {@code isMember} tells of a person's id; its future fails where no chat answers. */
    RoleWords(
            InstantSource clock,
            Supplier<Catalog> catalog,
            Roles roles,
            Set<String> services,
            Function<String, Future<Boolean>> isMember) {
        this.clock = clock;
        this.roles = roles;
        this.services = Set.copyOf(services);
        this.catalog = catalog;
        this.isMember = isMember;
    }

    /** The roles that mean something: those of the policy; without one, what the catalog asks for and who grants it. */
    private Set<String> known() {
        Set<String> named = catalog.get().policy().roles().keySet();
        Set<String> known =
                named.isEmpty() ? Sayable.rolesOf(catalog.get().commands().values()) : new TreeSet<>(named);
        known.remove(CommandSpec.EVERYONE);
        return known;
    }

    Future<Reply> grant(Asked word) {
        return change(
                word,
                known(),
                (person, role) -> ifMember(
                        person,
                        byGranter(word, role, People.shown(person) + " now has the role " + role + ".")
                                .with(Roles.grant(person, role))
                                .orElse(declined -> refusal(declined, word, person, role))));
    }

    /** A role that is given to a name which nobody has would wait there for whoever takes that name. */
    private Future<Reply> ifMember(Person person, Reply.Yes yes) {
        return isMember.apply(person.id())
                .<Reply>map(member -> member
                        ? yes
                        : new Reply.No(new Verdict.Refused(
                                "person",
                                People.shown(person) + " is not a member of the chat: nothing was granted.",
                                "Mention somebody who is, as in @bert.")))
                .recover(failure -> Reply.no(
                        "person",
                        "The chat does not tell whether " + People.shown(person) + " is a member: nothing was granted.",
                        "Say it again in a moment."));
    }

    /** A role that the catalog no longer knows can still be taken from those who hold it. */
    Future<Reply> revoke(Asked word) {
        return change(
                word,
                Set.of(),
                (person, role) -> Future.succeededFuture(
                        byGranter(word, role, People.shown(person) + " no longer has the role " + role + ".")
                                .with(Roles.revoke(person, role))
                                .orElse(declined -> refusal(declined, word, person, role))));
    }

    private Future<Reply> change(Asked word, Set<String> allowed, BiFunction<Person, String, Future<Reply>> change) {
        String role = role(word);
        if (role.equals(CommandSpec.EVERYONE)) {
            return Reply.no("role-name", "Every member has the role everyone: it is neither granted nor revoked.");
        }
        if (!allowed.isEmpty() && !allowed.contains(role)) {
            return unknownRole(role);
        }
        return roles.of(granters(role))
                .compose(holdings -> holdings.has(word.by().id(), granters(role))
                        ? person(word, person -> change.apply(person, role))
                        : notGranter(word, role).map(Reply.No::new));
    }

    /** Who may change a role is for the policy to say, whatever the catalog says of the word. */
    private Reply.Yes byGranter(Asked word, String role, String text) {
        return Reply.say(text).with(Roles.held(new Roles.Need(word.by(), granters(role), GRANTER, null)));
    }

    /** A role that the policy no longer knows is still an admin's to take. */
    private Set<String> granters(String role) {
        Set<String> granters = catalog.get().policy().granters(role);
        return granters.isEmpty() ? Set.of(Policy.ADMIN) : granters;
    }

    private Future<Verdict.Refused> notGranter(Asked word, String role) {
        Set<String> granters = granters(role);
        return roles.of(granters).map(holdings -> {
            List<String> holders = granters.stream()
                    .flatMap(each -> holdings.holders(each).stream())
                    .distinct()
                    .toList();
            return new Verdict.Refused(
                    "role",
                    "The role " + role + " is given and taken by those with the role " + Policy.either(granters)
                            + ", which " + word.by().name() + " does not have.",
                    holders.isEmpty() ? "Nobody has it." : "Who has it: " + holdings.names(holders) + ".");
        });
    }

    private Future<Verdict.Refused> refusal(CommitResult.Declined declined, Asked word, Person person, String role) {
        if (declined.code().equals(GRANTER)) {
            return notGranter(word, role);
        }
        Instant now = clock.instant();
        return Future.succeededFuture(
                switch (declined.code()) {
                    case "held" ->
                        new Verdict.Refused(
                                "held",
                                People.shown(person) + " has the role " + role + " already, since "
                                        + Times.shown(Instant.ofEpochMilli(Long.parseLong(declined.detail())), now)
                                        + ".");
                    case "not-held" ->
                        new Verdict.Refused(
                                "not-held",
                                People.shown(person) + " does not have the role " + role + ".",
                                "`who has " + role + " role` says who has it.");
                    case "last-admin" ->
                        new Verdict.Refused(
                                "last-admin",
                                People.shown(person) + " is the last admin: nobody could grant a role any more.",
                                "Grant the role admin to somebody else first.");
                    default -> throw new IllegalStateException("a change of roles was declined as " + declined.code());
                });
    }

    Future<Reply> rolesOf(Asked word) {
        return person(
                word,
                person -> roles.of(person)
                        .map(held -> Reply.say(
                                held.isEmpty()
                                        ? People.shown(person) + " has no role."
                                        : People.shown(person) + " has " + listed(held) + ".")));
    }

    Future<Reply> whoHas(Asked word) {
        String role = role(word);
        if (role.equals(CommandSpec.EVERYONE)) {
            return Future.succeededFuture(Reply.say("Every member has the role everyone."));
        }
        return roles.of(List.of(role)).compose(holdings -> {
            List<String> holders = holdings.holders(role);
            if (holders.isEmpty() && !known().contains(role)) {
                return unknownRole(role);
            }
            String names = holders.stream()
                    .map(id -> holdings.name(id) + " (" + id + ")")
                    .collect(Collectors.joining(", "));
            return Future.succeededFuture(
                    Reply.say(holders.isEmpty() ? "Nobody has the role " + role + "." : role + ": " + names + "."));
        });
    }

    Future<Reply> whoAmI(Asked word) {
        return roles.of(word.by())
                .map(held -> Reply.say("You are " + People.shown(word.by()) + " and have "
                        + (held.isEmpty() ? "no role." : listed(held) + ".")));
    }

    private String listed(Map<String, Instant> held) {
        Instant now = clock.instant();
        return held.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " (since " + Times.shown(each.getValue(), now) + ")")
                .collect(Collectors.joining(", "));
    }

    private Future<Reply> unknownRole(String role) {
        return Reply.no(
                "role-name",
                "The catalog knows no role '" + role + "'.",
                "It knows: " + String.join(", ", known()) + ".");
    }

    private Future<Reply> person(Asked word, Function<Person, Future<Reply>> then) {
        Person person = People.ofId(word.argument("person").orElse(""));
        return services.contains(person.service())
                ? then.apply(person)
                : Reply.no(
                        "person",
                        "'" + person.id() + "' is nobody in a chat that Signalbox serves.",
                        "Say the name as the chat shows it, as in @bert, or the id, as in "
                                + word.by().id() + ".");
    }

    private static String role(Asked word) {
        return word.argument("role").orElse("").toLowerCase(Locale.ROOT);
    }
}
