package io.signalbox.gate;

import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Catalog;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code break glass}: in an emergency one person whom the policy names goes on without the approval that is needed. */
final class BreakingGlass {
    static final String CODE = "glass";
    private static final int LEAST_LETTERS = 5;

    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Awaiting awaiting;
    private final Roles roles;

    BreakingGlass(InstantSource clock, Supplier<Catalog> catalog, Awaiting awaiting, Roles roles) {
        this.clock = clock;
        this.catalog = catalog;
        this.awaiting = awaiting;
        this.roles = roles;
    }

    /** Whoever asked for the command may do it too: at three in the morning there is one person. */
    Future<Reply> breakGlass(Asked word) {
        Set<String> by = catalog.get().policy().breakGlass();
        if (by.isEmpty()) {
            return Reply.no(
                    "role",
                    "The policy names no role that may break the glass, so nobody may.",
                    "Name one in the catalog, as in `policy: {break-glass: [oncall]}`.");
        }
        String reason = word.argument("reason").orElse("").strip();
        if (reason.codePoints().filter(Character::isLetterOrDigit).count() < LEAST_LETTERS) {
            return Reply.no(
                    "reason",
                    "Breaking the glass needs a reason that others understand: it calls everyone and stays in the audit"
                            + " log.",
                    "As in `break glass k7m3ab production is down and nobody answers`.");
        }
        return awaiting.ofUndecided(word, target -> broken(word, target, by, reason));
    }

    private Future<Reply> broken(Asked word, Asked target, Set<String> by, String reason) {
        Event.ApprovalRequested request = target.approvalRequested();
        return roles.of(concerned(target, by)).map(holdings -> {
            if (!holdings.has(word.by().id(), by)) {
                return new Reply.No(notAllowed(word, by, holdings));
            }
            String digest = request.plan().digest();
            Reply.Yes yes = Reply.say("The glass is broken for " + target.shown()
                            + ": it begins without approval if nothing has changed since it was planned.")
                    .with(new Event.GlassBroken(target.id(), clock.instant(), word.by(), digest, reason))
                    .with(Approvals.state(target.id(), Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN))
                    .with(Roles.held(new Roles.Need(word.by(), by, CODE, null)))
                    .orElse(declined -> declined(declined, word, target, by));
            for (Commit.Part part :
                    Approvals.breakGlass(target.id(), word.by(), digest, called(word, target, holdings))) {
                yes = yes.with(part);
            }
            return yes;
        });
    }

    private static Set<String> concerned(Asked target, Set<String> by) {
        Set<String> concerned = new TreeSet<>(by);
        concerned.addAll(target.spec().roles());
        concerned.add(target.approvalRequested().by());
        concerned.add(Policy.ADMIN);
        return concerned;
    }

    /** Who could have approved it and who answers for the roles, as they are now. */
    private static List<String> called(Asked word, Asked target, Holdings holdings) {
        return Stream.of(target.approvalRequested().by(), Policy.ADMIN)
                .flatMap(role -> holdings.holders(role).stream())
                .filter(person -> !person.equals(word.by().id()))
                .distinct()
                .toList();
    }

    private Future<Verdict.Refused> declined(CommitResult.Declined declined, Asked word, Asked target, Set<String> by) {
        return switch (declined.code()) {
            case "late" ->
                Future.succeededFuture(new Verdict.Refused(
                        "late",
                        "It is too late for " + target.shown() + ": its request for approval is over.",
                        "It has to be asked for again; the glass can be broken for that."));
            case CODE -> roles.of(by).map(holdings -> notAllowed(word, by, holdings));
            default -> awaiting.changed(target);
        };
    }

    private static Verdict.Refused notAllowed(Asked word, Set<String> by, Holdings holdings) {
        List<String> holders =
                by.stream().flatMap(role -> holdings.holders(role).stream()).toList();
        return new Verdict.Refused(
                "role",
                "Breaking the glass needs the role " + Policy.either(by) + ", which "
                        + word.by().name() + " does not have.",
                holders.isEmpty() ? "Nobody has it." : "Who has it: " + holdings.names(holders) + ".");
    }
}
