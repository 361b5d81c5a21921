package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Hold;
import io.signalbox.bus.Event;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.Approval;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.LockNames;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * {@code take over}: a lock that somebody else keeps by hand. It waits for approval as a deployment does, by its keeper or
 * by another one who may; then the lock changes hands in the commit that answers.
 */
final class TakeOver {
    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Checks checks;
    private final Policy policy;
    private final Roles roles;
    private final Locks locks;
    private final Approved approvedOnes;
    private final Duration approvalTime;

    TakeOver(
            Brain brain,
            InstantSource clock,
            Supplier<Catalog> catalog,
            Checks checks,
            Policy policy,
            Roles roles,
            Locks locks,
            Approved approvedOnes,
            Duration approvalTime) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.checks = checks;
        this.policy = policy;
        this.roles = roles;
        this.locks = locks;
        this.approvedOnes = approvedOnes;
        this.approvalTime = approvalTime;
    }

    /** Asks for it, or says why there is nothing to take over. */
    Future<Void> decide(Asked asked) {
        return checks.verdict(asked)
                .compose(verdict -> verdict instanceof Verdict.Refused refused
                        ? checks.turnAway(asked, refused)
                        : kept(asked)
                                .compose(found -> found.map(hold -> hold.by().is(asked.by())
                                                ? refuse(
                                                        asked,
                                                        locks.shown(hold) + ", which is you.",
                                                        "There is nothing to take over.")
                                                : ask(asked, hold))
                                        .orElseGet(() -> refuse(
                                                asked,
                                                name(asked) + " is locked by nobody.",
                                                "`lock " + name(asked)
                                                        + "` locks it; a run's lock ends with the run."))));
    }

    private Future<Void> ask(Asked asked, Hold hold) {
        Approval rule = asked.approval().orElseThrow();
        return roles.concerning(asked.spec()).compose(holdings -> {
            if (policy.canBeApproved(asked.spec(), rule, asked.by(), asked.at(), holdings)
                    instanceof Verdict.Refused nobody) {
                return checks.turnAway(asked, nobody);
            }
            Instant now = clock.instant();
            Instant deadline = now.plus(approvalTime);
            Plan plan = plan(asked, hold);
            List<String> persons = policy.approvers(asked.spec(), rule, asked.by(), asked.at(), holdings);
            Commit commit = Commit.of(new Event.ApprovalRequested(
                            asked.id(), now, plan, rule.by(), rule.needed(), persons, deadline))
                    .with(Approvals.state(asked.id(), asked.state()))
                    .with(Approvals.ask(asked.id(), plan.digest(), rule.needed(), deadline));
            return checks.commitOrRefuse(checks.demand(commit, asked), asked);
        });
    }

    /** What is agreed to is this lock in these hands: another keeper would have to be asked about anew. */
    private Plan plan(Asked asked, Hold hold) {
        String facts = new JsonObject()
                .put("lock", hold.name())
                .put("person", hold.by().id())
                .put("command", hold.command().value())
                .encode();
        String digest = Digest.of(
                asked.id(), asked.instruction(), "", Map.of(), Map.of(), CanonicalJson.read(facts), List.of());
        return new Plan(digest, "", new TreeMap<>(), new TreeMap<>(), facts, List.of(), List.of(locks.shown(hold)));
    }

    /** It was agreed to: the lock changes hands, if it is still in those it was in. Its end stays as it is. */
    Future<Void> approved(Asked asked) {
        return kept(asked).compose(found -> {
            Plan plan = asked.approvalRequested().plan();
            return found.filter(hold -> plan(asked, hold).digest().equals(plan.digest()))
                    .map(hold -> pass(asked, hold))
                    .orElseGet(
                            () -> end(asked, name(asked) + " is no longer in the hands that it was to be taken from."));
        });
    }

    private Future<Void> pass(Asked asked, Hold hold) {
        Instant now = clock.instant();
        Hold mine = new Hold(
                hold.name(),
                asked.id(),
                asked.by(),
                now,
                hold.until(),
                asked.argument("reason").or(hold::reason));
        Commit commit = Commit.of(
                        new Event.Admitted(asked.id(), now, null, null),
                        new Event.Answered(
                                asked.id(),
                                now,
                                "Taken over from " + hold.by().name() + ": " + locks.shown(mine) + "."))
                .with(Approvals.state(asked.id(), asked.state()))
                .with(Approvals.use(asked.id(), asked.approvalRequested().plan().digest()))
                .with(Roles.held(approvedOnes.needs(asked)))
                .with(Holds.replace(hold, mine));
        return brain.commit(checks.demand(commit, asked))
                .compose(result -> result instanceof CommitResult.Declined declined
                        ? declined(declined, asked)
                        : Future.succeededFuture());
    }

    private Future<Void> declined(CommitResult.Declined declined, Asked asked) {
        return switch (declined.code()) {
            // Taken further by somebody else, or to be tried again: the next sweep looks.
            case "state", "audit" -> Future.succeededFuture();
            case "late" -> end(asked, "It was approved, but it could not be begun in time.");
            case "approver" -> end(asked, "Somebody who agreed to it has lost the role for it since.");
            case "changed" -> end(asked, name(asked) + " is no longer in the hands that it was to be taken from.");
            default ->
                checks.reason(declined, asked)
                        .compose(reason ->
                                reason.map(why -> checks.turnAway(asked, why)).orElseGet(Future::succeededFuture));
        };
    }

    private Future<Void> end(Asked asked, String why) {
        return brain.commit(Commit.of(new Event.Voided(asked.id(), clock.instant(), why))
                        .with(Approvals.state(asked.id(), asked.state()))
                        .with(Approvals.close(asked.id())))
                .mapEmpty();
    }

    private Future<Optional<Hold>> kept(Asked asked) {
        return brain.hold(name(asked), clock.instant());
    }

    private String name(Asked asked) {
        String said = asked.argument("lock").orElse("");
        return LockNames.of(catalog.get()).meant(said) instanceof LockNames.Known known ? known.name() : said;
    }

    private Future<Void> refuse(Asked asked, String reason, String help) {
        return checks.turnAway(asked, new Verdict.Refused("take-over", reason, help));
    }
}
