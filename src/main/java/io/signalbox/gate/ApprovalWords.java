package io.signalbox.gate;

import io.signalbox.brain.CommitResult;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.catalog.Approval;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code approve} and {@code deny}. */
final class ApprovalWords {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{8,64}");
    private static final String APPROVER = "approver";

    private final InstantSource clock;
    private final Awaiting awaiting;
    private final Policy policy;
    private final Roles roles;

    ApprovalWords(InstantSource clock, Awaiting awaiting, Policy policy, Roles roles) {
        this.clock = clock;
        this.awaiting = awaiting;
        this.policy = policy;
        this.roles = roles;
    }

    Future<Reply> approve(Asked word) {
        String digest = word.argument("digest").orElse("").toLowerCase(Locale.ROOT);
        if (!digest.isEmpty() && !DIGEST.matcher(digest).matches()) {
            return Reply.no(
                    "digest",
                    "'" + digest + "' is not a plan's digest.",
                    "It is the word of 8 or more letters and digits (0-9, a-f) after `plan`; it may be left out.");
        }
        return awaiting.ofUndecided(
                word,
                target -> holdings(target).map(holdings -> {
                    Verdict verdict = mayApprove(target, word.by(), holdings);
                    if (verdict instanceof Verdict.Refused refused) {
                        return new Reply.No(refused);
                    }
                    return isTwice(word, target)
                            ? new Reply.No(twice(word, target, holdings))
                            : approval(word, target, digest, holdings);
                }));
    }

    private static boolean isTwice(Asked word, Asked target) {
        return target.story().approvals().stream().anyMatch(given -> given.by().is(word.by()));
    }

    private Reply approval(Asked word, Asked target, String digest, Holdings holdings) {
        Event.ApprovalRequested request = target.approvalRequested();
        boolean completes = target.story().approvals().size() + 1 >= request.needed();
        // Of two who agree at the same moment neither can be told how many are missing: the request shows it.
        String text = completes
                ? "Approved: " + target.shown() + ". It begins if nothing has changed since it was planned."
                : "Your yes to " + target.shown() + " counts. " + request.needed()
                        + " have to agree; its request for approval shows who has.";
        return Reply.say(text)
                .with(new Event.ApprovalGiven(
                        target.id(), clock.instant(), word.by(), request.plan().digest()))
                .with(Approvals.state(target.id(), Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN))
                .with(Approvals.give(target.id(), word.by(), digest, awaited(word, target, holdings)))
                .with(Roles.held(
                        new Roles.Need(word.by(), Set.of(request.by()), APPROVER, target.at()),
                        new Roles.Need(word.by(), target.spec().roles(), APPROVER, target.at())))
                .orElse(declined -> declined(declined, word, target));
    }

    /** The names of those who may still agree after this yes. */
    private String awaited(Asked word, Asked target, Holdings holdings) {
        List<String> others = approvers(target, holdings).stream()
                .filter(person -> !person.equals(word.by().id()))
                .toList();
        return holdings.names(others);
    }

    /** The ids of those who could agree and have not yet. */
    private List<String> approvers(Asked target, Holdings holdings) {
        return policy.approvers(target.spec(), rule(target), target.by(), target.at(), holdings).stream()
                .filter(person -> target.story().approvals().stream()
                        .noneMatch(given -> given.by().id().equals(person)))
                .toList();
    }

    /** Who may say no: whoever may say yes, and the person who asked. */
    Future<Reply> deny(Asked word) {
        return awaiting.of(
                word,
                target -> holdings(target).map(holdings -> {
                    boolean own = target.by().is(word.by());
                    return !own && mayApprove(target, word.by(), holdings) instanceof Verdict.Refused refused
                            ? new Reply.No(refused)
                            : denial(word, target);
                }));
    }

    private Reply denial(Asked word, Asked target) {
        return Reply.say("Denied: " + target.shown() + ".")
                .with(new Event.Denied(
                        target.id(),
                        clock.instant(),
                        word.by(),
                        word.argument("reason").orElse(null)))
                .with(Approvals.state(target.id(), Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN))
                .with(Approvals.close(target.id()))
                .with(Roles.held(neededToDeny(word, target)))
                .orElse(declined -> declined(declined, word, target));
    }

    /** Whose own it is needs nothing; another must be one who may agree in the very commit, as for a yes. */
    private static Roles.Need[] neededToDeny(Asked word, Asked target) {
        if (target.by().is(word.by())) {
            return new Roles.Need[0];
        }
        Set<String> by = Set.of(target.approvalRequested().by());
        return new Roles.Need[] {
            new Roles.Need(word.by(), by, APPROVER, target.at()),
            new Roles.Need(word.by(), target.spec().roles(), APPROVER, target.at())
        };
    }

    private Verdict mayApprove(Asked target, Person approver, Holdings holdings) {
        return policy.mayApprove(target.spec(), rule(target), target.by(), target.at(), approver, holdings);
    }

    private Future<Holdings> holdings(Asked target) {
        Set<String> needed = new TreeSet<>(target.spec().roles());
        needed.add(rule(target).by());
        return roles.of(needed);
    }

    /** As it was when it was asked for. */
    private static Approval rule(Asked target) {
        Event.ApprovalRequested request = target.approvalRequested();
        return new Approval(Map.of(), request.by(), request.needed());
    }

    private Future<Verdict.Refused> declined(CommitResult.Declined declined, Asked word, Asked target) {
        return switch (declined.code()) {
            case "late" -> Future.succeededFuture(late(target));
            case "digest" -> Future.succeededFuture(otherDigest(target));
            case "twice" -> holdings(target).map(holdings -> twice(word, target, holdings));
            case APPROVER ->
                holdings(target)
                        .map(holdings -> mayApprove(target, word.by(), holdings) instanceof Verdict.Refused refused
                                ? refused
                                : new Verdict.Refused(
                                        APPROVER,
                                        "The roles of " + word.by().name() + " changed just now.",
                                        "Say it again."));
            default -> awaiting.changed(target);
        };
    }

    private Verdict.Refused twice(Asked word, Asked target, Holdings holdings) {
        List<String> others = approvers(target, holdings);
        return new Verdict.Refused(
                "twice",
                word.by().name() + " has approved " + target.id() + " already: "
                        + target.approvalRequested().needed() + " different persons have to agree.",
                others.isEmpty()
                        ? "Nobody else can at the moment."
                        : "It still needs one of: " + holdings.names(others) + ".");
    }

    private static Verdict.Refused otherDigest(Asked target) {
        return new Verdict.Refused(
                "digest",
                "The plan of " + target.id() + " is "
                        + target.approvalRequested().plan().shortDigest() + ", not the one that was named.",
                "Look at that plan, then approve it by its own digest or by the id alone.");
    }

    private Verdict.Refused late(Asked target) {
        return new Verdict.Refused(
                "late",
                "It is too late for " + target.shown() + ": it could be approved until "
                        + Times.shown(target.approvalRequested().deadline(), clock.instant()) + ".",
                "It has to be asked for again.");
    }
}
