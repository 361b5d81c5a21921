package io.signalbox.gate;

import io.signalbox.brain.Commit;
import io.signalbox.bus.Event;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.Approval;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The way of a command that starts a process: checks, plan, then either the request for approval or the admission. */
final class Admission {
    private final InstantSource clock;
    private final Checks checks;
    private final Policy policy;
    private final Roles roles;
    private final Planning planner;
    private final Duration approvalTime;

    Admission(InstantSource clock, Checks checks, Policy policy, Roles roles, Planning planner, Duration approvalTime) {
        this.clock = clock;
        this.checks = checks;
        this.policy = policy;
        this.roles = roles;
        this.planner = planner;
        this.approvalTime = approvalTime;
    }

    Future<Void> decide(Asked asked) {
        return checks.verdict(asked)
                .compose(verdict -> verdict.and(() -> somebodyCanApprove(asked)))
                .compose(verdict -> verdict.and(() -> checks.isNotTooMuch(asked)))
                .compose(verdict -> verdict instanceof Verdict.Refused refused
                        ? refuse(asked, refused)
                        : planner.plan(asked)
                                .compose(planned -> planned instanceof Planned.Made made
                                        ? proceed(asked, made.plan())
                                        : refuse(asked, ((Planned.Impossible) planned).why())));
    }

    /** Where nobody else has to agree, nothing is in the way. */
    Future<Verdict> somebodyCanApprove(Asked asked) {
        return asked.approval()
                .map(rule -> roles.concerning(asked.spec())
                        .map(holdings -> policy.canBeApproved(asked.spec(), rule, asked.by(), asked.at(), holdings)))
                .orElseGet(() -> Future.succeededFuture(Verdict.allowed()));
    }

    private Future<Void> refuse(Asked asked, Verdict.Refused why) {
        return checks.turnAway(asked, why);
    }

    private Future<Void> proceed(Asked asked, Plan plan) {
        return asked.approval().map(rule -> ask(asked, rule, plan)).orElseGet(() -> admit(asked, plan));
    }

    private Future<Void> ask(Asked asked, Approval rule, Plan plan) {
        return roles.concerning(asked.spec()).compose(holdings -> {
            Instant now = clock.instant();
            Instant deadline = now.plus(approvalTime);
            List<String> persons = policy.approvers(asked.spec(), rule, asked.by(), asked.at(), holdings);
            Commit commit = Commit.of(new Event.ApprovalRequested(
                            asked.id(), now, plan, rule.by(), rule.needed(), persons, deadline))
                    .with(asked.unchanged())
                    .with(Approvals.ask(asked.id(), plan.digest(), rule.needed(), deadline));
            Commit demanding = checks.demandToBegin(commit, asked);
            Commit looking = asked.lock()
                    .map(lock -> demanding.with(Locks.look(lock, asked)))
                    .orElse(demanding);
            return checks.commitOrRefuse(looking, asked);
        });
    }

    private Future<Void> admit(Asked asked, Plan plan) {
        Commit commit = admitted(asked, plan, clock.instant()).with(asked.unchanged());
        return checks.commitOrRefuse(taking(checks.demandToBegin(commit, asked), asked), asked);
    }

    static Commit admitted(Asked asked, Plan plan, Instant now) {
        return Commit.of(new Event.Admitted(asked.id(), now, plan, asked.lock().orElse(null)));
    }

    /** With the lock taken in the same transition; last, so that who may not do it is not told to wait for it. */
    static Commit taking(Commit commit, Asked asked) {
        return asked.lock().map(lock -> commit.with(Locks.take(lock, asked))).orElse(commit);
    }
}
