package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What must hold for every command: before the work of planning it, to refuse early and in order; and once more inside the
 * commit, which is the check that counts.
 */
final class Checks {
    private final Brain brain;
    private final InstantSource clock;
    private final Policy policy;
    private final Roles roles;
    private final Recording recording;
    private final Locks locks;
    private final Freezes freezes;
    private final Queue queue;
    private final Allowance allowance;

    Checks(
            Brain brain,
            InstantSource clock,
            Policy policy,
            Roles roles,
            Recording recording,
            Locks locks,
            Freezes freezes,
            Queue queue,
            Allowance allowance) {
        this.brain = brain;
        this.clock = clock;
        this.policy = policy;
        this.roles = roles;
        this.recording = recording;
        this.locks = locks;
        this.freezes = freezes;
        this.queue = queue;
        this.allowance = allowance;
    }

    /** The first that refuses. */
    Future<Verdict> verdict(Asked asked) {
        return first(asked, inOrder());
    }

    private static Future<Verdict> first(Asked asked, List<Function<Asked, Future<Verdict>>> rules) {
        Future<Verdict> verdict = Future.succeededFuture(Verdict.allowed());
        for (Function<Asked, Future<Verdict>> rule : rules) {
            verdict = verdict.compose(so -> so.and(() -> rule.apply(asked)));
        }
        return verdict;
    }

    /** Each that refuses, for who asks what is in the way. */
    Future<List<Verdict.Refused>> hindrances(Asked asked) {
        return Future.all(inOrder().stream().map(rule -> rule.apply(asked)).toList())
                .map(all -> all.<Verdict>list().stream()
                        .filter(Verdict.Refused.class::isInstance)
                        .map(Verdict.Refused.class::cast)
                        .toList());
    }

    /** Role, room and how much is under way, then audit log, then freeze, then lock. */
    private List<Function<Asked, Future<Verdict>>> inOrder() {
        return List.of(
                this::mayBeSaid, this::mayBeSaidHere, this::hasPlace, this::isRecorded, freezes::allow, locks::areOpen);
    }

    /** Role, room and audit log: for what takes its lock later. */
    Future<Verdict> apartFromLock(Asked asked) {
        return first(asked, List.of(this::mayBeSaid, this::mayBeSaidHere, this::isRecorded));
    }

    /** Audit log, place, freeze and lock: for what was allowed when it was announced. */
    Future<Verdict> apartFromRole(Asked asked) {
        return first(asked, List.of(this::isRecorded, this::hasPlace, freezes::allow, locks::areOpen));
    }

    /** Whether the audit log takes what this command does; just after a start it is waited for. */
    Future<Verdict> isRecorded(Asked asked) {
        return Policy.needsRecording(asked.spec()) ? recording.isOpen() : Future.succeededFuture(Verdict.allowed());
    }

    /** Whether one more command may be under way now. */
    Future<Verdict> hasPlace(Asked asked) {
        return allowance.hasPlace(asked);
    }

    /** Whether its person and its room have not said too much already; it is counted by that. */
    Future<Verdict> isNotTooMuch(Asked asked) {
        return allowance.count(asked);
    }

    private Future<Verdict> mayBeSaid(Asked asked) {
        return roles.concerning(asked.spec())
                .map(holdings -> policy.maySay(asked.spec(), asked.instruction().canonical(), asked.by(), holdings));
    }

    private Future<Verdict> mayBeSaidHere(Asked asked) {
        return Future.succeededFuture(here(asked));
    }

    private Verdict here(Asked asked) {
        return policy.mayBeSaidIn(
                asked.spec(),
                asked.instruction().canonical(),
                asked.story().requested().room());
    }

    /** Whether a look at the brain before the commit would only ask twice: of a word that only reads, from a member, where it may be said. */
    boolean areAllInCommit(Asked asked) {
        return !Policy.needsRecording(asked.spec())
                && asked.lock().isEmpty()
                && !asked.spec().isFreezable()
                && policy.isMember(asked.by())
                && here(asked) instanceof Verdict.Allowed;
    }

    /** This commit with a place among those under way taken in it, where it lets something begin. */
    Commit takePlace(Commit commit, Asked asked) {
        return allowance.takePlace(commit, asked);
    }

    /** The same, and that no freeze keeps the command from beginning. */
    Commit demandToBegin(Commit commit, Asked asked) {
        return freezes.demand(demand(commit, asked), asked);
    }

    /** This commit with role, limits and audit log checked in it; the lock is the commit's own business. */
    Commit demand(Commit commit, Asked asked) {
        Commit demanding =
                commit.with(Roles.held(Roles.Need.now(asked.by(), asked.spec().roles())));
        demanding = takePlace(allowance.counted(demanding, asked), asked);
        return Policy.needsRecording(asked.spec()) ? demanding.with(Recording.demand()) : demanding;
    }

    /** Why such a commit was declined; empty where somebody else has taken the command further meanwhile. */
    Future<Optional<Verdict.Refused>> reason(CommitResult.Declined declined, Asked asked) {
        return switch (declined.code()) {
            case "state" -> Future.succeededFuture(Optional.empty());
            case "role" ->
                mayBeSaid(asked)
                        .map(verdict -> Optional.of(
                                verdict instanceof Verdict.Refused refused
                                        ? refused
                                        : new Verdict.Refused(
                                                "role",
                                                "The roles of " + asked.by().name() + " changed just now.")));
            case Allowance.RATE, Allowance.RUNNING ->
                Future.succeededFuture(Optional.of(allowance.refusal(declined, asked)));
            // Just after a start the log may be closed for a moment; open again, the next sweep tries again.
            case "audit" ->
                recording
                        .isOpen()
                        .map(verdict ->
                                verdict instanceof Verdict.Refused refused ? Optional.of(refused) : Optional.empty());
            case "lock", "held", "queue" -> locks.refusal(asked).map(Optional::of);
            case "freeze" -> freezes.refusal(asked).map(Optional::of);
            default ->
                Future.failedFuture(new IllegalStateException(
                        "a commit was declined as '" + declined.code() + "', which is not known"));
        };
    }

    /** Ends the command, if it is still in that state. */
    Future<Void> refuse(CommandId command, Kind state, Verdict.Refused why) {
        return refuse(command, Approvals.state(command, state), why);
    }

    /** Ends the command, if it is still as it was looked at: what was moved to another time meanwhile waits for that. */
    Future<Void> refuse(Asked asked, Verdict.Refused why) {
        return refuse(asked.id(), asked.unchanged(), why);
    }

    private Future<Void> refuse(CommandId command, Commit.Part condition, Verdict.Refused why) {
        return brain.commit(Commit.of(new Event.Refused(command, clock.instant(), why.code(), why.reason(), why.help()))
                        .with(condition)
                        .with(Approvals.close(command)))
                .mapEmpty();
    }

    /** It cannot go on now: whoever waits for a lock joins its queue or stays in it, and everybody else ends here. */
    Future<Void> turnAway(Asked asked, Verdict.Refused why) {
        boolean queued = asked.state() == Kind.QUEUED;
        boolean forLock = Locks.CODES.contains(why.code());
        // What was queued was counted before: no limit but that of the runs under way can be in its way.
        if (queued && (forLock || Set.of("audit", Allowance.RATE).contains(why.code()))) {
            return Future.succeededFuture();
        }
        return forLock && asked.waits() ? queue.join(asked) : refuse(asked, why);
    }

    /** Commits, and turns the command away where that is declined for a reason. */
    Future<Void> commitOrRefuse(Commit commit, Asked asked) {
        return brain.commit(commit).compose(result -> {
            if (!(result instanceof CommitResult.Declined declined)) {
                return Future.succeededFuture();
            }
            return reason(declined, asked)
                    .compose(reason -> reason.map(why -> turnAway(asked, why)).orElseGet(Future::succeededFuture));
        });
    }
}
