package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Set;

/**
 * The way of a command that another person agreed to: it is planned anew, and admitted only if the plan is still the one
 * that was agreed to.
 */
final class Approved {
    private static final String APPROVER = "approver";

    private final Brain brain;
    private final InstantSource clock;
    private final Checks checks;
    private final Planner planner;

    Approved(Brain brain, InstantSource clock, Checks checks, Planner planner) {
        this.brain = brain;
        this.clock = clock;
        this.checks = checks;
        this.planner = planner;
    }

    Future<Void> decide(Asked asked) {
        return expire(asked)
                .compose(expired -> expired
                        ? Future.succeededFuture()
                        : planner.plan(asked.id(), asked.spec(), asked.instruction())
                                .compose(planned -> planned instanceof Planned.Made made
                                        ? compare(asked, made.plan())
                                        : drifted(
                                                asked,
                                                ((Planned.Impossible) planned)
                                                        .why()
                                                        .reason())));
    }

    /** Whether the yes is too old to be acted on: a bot that was away for an hour must not begin by deploying. */
    private Future<Boolean> expire(Asked asked) {
        Commit commit = Commit.of(new Event.Expired(asked.id(), clock.instant()))
                .with(Approvals.state(asked.id(), Kind.APPROVAL_GIVEN))
                .with(Approvals.stale(asked.id()));
        return brain.commit(commit).map(CommitResult.Committed.class::isInstance);
    }

    private Future<Void> compare(Asked asked, Plan plan) {
        Plan approved = asked.approvalRequested().plan();
        return plan.digest().equals(approved.digest())
                ? admit(asked, approved)
                : drifted(asked, Drift.between(approved, plan));
    }

    private Future<Void> drifted(Asked asked, String what) {
        Commit commit = Commit.of(new Event.Voided(asked.id(), clock.instant(), what))
                .with(Approvals.state(asked.id(), Kind.APPROVAL_GIVEN))
                .with(Approvals.close(asked.id()));
        return brain.commit(commit).mapEmpty();
    }

    private Future<Void> admit(Asked asked, Plan plan) {
        Event.ApprovalGiven given = asked.story()
                .last(Event.ApprovalGiven.class)
                .orElseThrow(() -> new IllegalStateException(asked.id() + " was approved by nobody"));
        Set<String> by = Set.of(asked.approvalRequested().by());
        Commit commit = Admission.admitted(asked, plan, clock.instant())
                .with(Approvals.state(asked.id(), Kind.APPROVAL_GIVEN))
                .with(Approvals.use(asked.id(), plan.digest()))
                .with(Roles.held(
                        new Roles.Need(given.by(), by, APPROVER, asked.at()),
                        new Roles.Need(given.by(), asked.spec().roles(), APPROVER, asked.at())));
        return brain.commit(checks.demand(commit, asked))
                .compose(result -> result instanceof CommitResult.Declined declined
                        ? declined(declined, asked, given.by())
                        : Future.succeededFuture());
    }

    private Future<Void> declined(CommitResult.Declined declined, Asked asked, Person approver) {
        return switch (declined.code()) {
            case APPROVER ->
                checks.refuse(
                        asked.id(),
                        Kind.APPROVAL_GIVEN,
                        new Verdict.Refused(
                                APPROVER,
                                approver.name() + " approved this and has lost the role for it since.",
                                "Say it again; somebody who has the role can then approve it."));
            // The next sweep ends it as expired.
            case "late" -> Future.succeededFuture();
            default ->
                checks.reason(declined, asked)
                        .compose(reason -> reason.map(why -> checks.refuse(asked.id(), Kind.APPROVAL_GIVEN, why))
                                .orElseGet(Future::succeededFuture));
        };
    }
}
