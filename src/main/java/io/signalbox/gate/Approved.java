package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.Catalog;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The way of a command that another person agreed to: it is planned anew, and admitted only if the plan is still the one
 * that was agreed to.
 */
final class Approved {
    private static final Logger LOG = LoggerFactory.getLogger(Approved.class);
    private static final String APPROVER = "approver";

    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Checks checks;
    private final Planning planner;
    private final Admission admission;
    /** Why it could not be begun when it was last tried, for whom it concerns. */
    private final Map<CommandId, String> hindrances = new HashMap<>();

    Approved(
            Brain brain,
            InstantSource clock,
            Supplier<Catalog> catalog,
            Checks checks,
            Planning planner,
            Admission admission) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.checks = checks;
        this.planner = planner;
        this.admission = admission;
    }

    Future<Void> decide(Asked asked) {
        String before = Objects.requireNonNullElse(hindrances.remove(asked.id()), "");
        return isOver(asked, before)
                .compose(over -> over
                        ? Future.succeededFuture()
                        : checks.isRecorded(asked)
                                .compose(verdict -> verdict.and(() -> checks.hasPlace(asked)))
                                .compose(verdict -> verdict instanceof Verdict.Refused closed
                                        ? later(asked, closed.reason())
                                        : planner.planAnew(asked).compose(planned -> follow(asked, planned))))
                .onSuccess(decided -> tell(asked.id(), before));
    }

    /** Why an approved command waits, where it was tried and could not be begun. */
    Optional<String> hindrance(CommandId id) {
        return Optional.ofNullable(hindrances.get(id));
    }

    /** Every sweep tries, so a reason is said once. */
    private void tell(CommandId id, String before) {
        String why = hindrances.get(id);
        if (why != null) {
            LOG.atLevel(why.equals(before) ? Level.DEBUG : Level.WARN)
                    .addKeyValue("commandId", id)
                    .addKeyValue("reason", why)
                    .log("An approved command waits");
        }
    }

    private Future<Void> follow(Asked asked, Planned planned) {
        if (planned instanceof Planned.Impossible impossible) {
            String why = impossible.why().reason();
            return impossible.passing() ? later(asked, why) : drifted(asked, why);
        }
        return compare(asked, ((Planned.Made) planned).plan());
    }

    /** What may be another matter in a moment is tried again by the next sweep, until the yes is too old. */
    private Future<Void> later(Asked asked, String why) {
        hindrances.put(asked.id(), why);
        return Future.succeededFuture();
    }

    /** Whether the yes is too old to be acted on: a bot that was away for an hour must not begin by deploying. */
    private Future<Boolean> isOver(Asked asked, String hindrance) {
        String reason =
                agreed(asked) + ", but it could not be begun in time" + (hindrance.isEmpty() ? "." : ": " + hindrance);
        Commit commit = Commit.of(new Event.Voided(asked.id(), clock.instant(), reason))
                .with(Approvals.state(asked.id(), asked.state()))
                .with(Approvals.stale(asked.id()));
        return brain.commit(commit).map(CommitResult.Committed.class::isInstance);
    }

    private static String agreed(Asked asked) {
        return asked.story()
                .brokenGlass()
                .map(glass -> glass.by().name() + " broke the glass for it")
                .orElseGet(() -> Awaiting.approvers(asked.story()) + " approved it");
    }

    private Future<Void> compare(Asked asked, Plan plan) {
        Plan approved = asked.approvalRequested().plan();
        return plan.digest().equals(approved.digest())
                ? admit(asked, approved)
                : drifted(asked, Drift.between(approved, plan));
    }

    /** What has waited for its lock meanwhile is asked for anew; what was agreed to a moment ago is void. */
    private Future<Void> drifted(Asked asked, String what) {
        if (asked.state() == Kind.QUEUED) {
            return admission.decide(asked);
        }
        Commit commit = Commit.of(new Event.Voided(asked.id(), clock.instant(), what))
                .with(Approvals.state(asked.id(), asked.state()))
                .with(Approvals.close(asked.id()));
        return brain.commit(commit).mapEmpty();
    }

    private Future<Void> admit(Asked asked, Plan plan) {
        Commit commit = Admission.admitted(asked, plan, clock.instant())
                .with(Approvals.state(asked.id(), asked.state()))
                .with(Approvals.use(asked.id(), plan.digest()))
                .with(Roles.held(needs(asked)));
        return brain.commit(Admission.taking(checks.demandToBegin(commit, asked), asked))
                .compose(result -> result instanceof CommitResult.Declined declined
                        ? declined(declined, asked)
                        : Future.succeededFuture());
    }

    /** Everybody whose word it goes by must still have the role for it. */
    Roles.Need[] needs(Asked asked) {
        Optional<Event.GlassBroken> glass = asked.story().brokenGlass();
        if (glass.isPresent()) {
            Set<String> by = catalog.get().policy().breakGlass();
            return new Roles.Need[] {new Roles.Need(glass.get().by(), by, APPROVER, null)};
        }
        Set<String> by = Set.of(asked.approvalRequested().by());
        return asked.story().approvals().stream()
                .flatMap(given -> Stream.of(by, asked.spec().roles())
                        .map(anyOf -> new Roles.Need(given.by(), anyOf, APPROVER, asked.at())))
                .toArray(Roles.Need[]::new);
    }

    private Future<Void> declined(CommitResult.Declined declined, Asked asked) {
        Kind state = asked.story().state();
        return switch (declined.code()) {
            case APPROVER -> checks.refuse(asked.id(), state, lost(asked, declined.detail()));
            // The next sweep ends it.
            case "late" -> Future.succeededFuture();
            case "audit", Allowance.RUNNING ->
                checks.reason(declined, asked)
                        .compose(reason ->
                                later(asked, reason.map(Verdict.Refused::reason).orElse("")));
            default ->
                checks.reason(declined, asked)
                        .compose(reason ->
                                reason.map(why -> checks.turnAway(asked, why)).orElseGet(Future::succeededFuture));
        };
    }

    private static Verdict.Refused lost(Asked asked, String person) {
        Optional<Event.GlassBroken> glass = asked.story().brokenGlass();
        String name = Stream.concat(
                        asked.story().approvals().stream().map(Event.ApprovalGiven::by),
                        glass.map(Event.GlassBroken::by).stream())
                .filter(each -> each.id().equals(person))
                .findFirst()
                .map(Person::name)
                .orElse(person);
        return new Verdict.Refused(
                APPROVER,
                name + (glass.isPresent() ? " broke the glass for this" : " approved this")
                        + " and has lost the role for it since.",
                "Say it again; somebody who has the role can then approve it.");
    }
}
