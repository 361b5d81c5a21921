package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.InState;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Plan;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that a plan announced as its consequence. Whoever agreed to that plan agreed to them: neither role nor approval is
 * asked for again, a lock is waited for, and planning looks at the state of what they name.
 */
final class Consequences {
    private static final Logger LOG = LoggerFactory.getLogger(Consequences.class);
    /** Planning starts Ansible: what could not be planned is left alone for a while. */
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);

    private final Brain brain;
    private final InstantSource clock;
    private final Checks checks;
    private final Freezes freezes;
    private final Planning planner;
    private final Map<CommandId, Instant> notBefore = new HashMap<>();

    Consequences(Brain brain, InstantSource clock, Checks checks, Freezes freezes, Planning planner) {
        this.brain = brain;
        this.clock = clock;
        this.checks = checks;
        this.freezes = freezes;
        this.planner = planner;
    }

    /** Takes it on where the command that it names as its cause ended well and had announced just this. */
    Future<Void> takeOn(Asked asked, CommandId cause) {
        Instant due = asked.instruction().manner().due();
        return brain.story(cause).compose(found -> {
            if (due == null
                    || !found.map(story -> announced(story, asked.instruction()))
                            .orElse(false)) {
                return checks.refuse(
                        asked.id(),
                        asked.state(),
                        new Verdict.Refused(
                                "cause",
                                "No plan that was carried out announced this as its consequence: " + cause + "."));
            }
            return brain.commit(Commit.of(new Event.Scheduled(asked.id(), clock.instant(), due))
                            .with(asked.unchanged())
                            .with(InState.of(cause, Kind.FINISHED)))
                    .mapEmpty();
        });
    }

    private static boolean announced(Story cause, Instruction instruction) {
        boolean well = cause.last(Event.Finished.class)
                .filter(finished -> finished.outcome() == Outcome.SUCCEEDED)
                .isPresent();
        Optional<Plan> plan = cause.last(Event.Admitted.class).map(Event.Admitted::plan);
        return well
                && plan.isPresent()
                && plan.get().outlook().later().stream()
                        .anyMatch(later -> later.instruction().command().equals(instruction.command())
                                && later.instruction().arguments().equals(instruction.arguments()));
    }

    /** Called again and again while it waits. */
    Future<Void> look(Asked asked, Instant due) {
        Optional<String> averted = Optional.ofNullable(asked.story().marks().get("averted"));
        if (averted.isPresent()) {
            return brain.commit(Commit.of(new Event.Voided(asked.id(), clock.instant(), averted.get()))
                            .with(InState.of(asked.id(), Kind.SCHEDULED)))
                    .mapEmpty();
        }
        Instant now = clock.instant();
        Instant earliest = Objects.requireNonNullElse(notBefore.get(asked.id()), due);
        if (due.isAfter(now) || earliest.isAfter(now)) {
            return Future.succeededFuture();
        }
        return checks.apartFromRole(asked)
                .compose(verdict -> verdict instanceof Verdict.Refused
                        ? Future.succeededFuture()
                        : planner.planAnew(asked).compose(planned -> follow(asked, planned)));
    }

    private Future<Void> follow(Asked asked, Planned planned) {
        if (planned instanceof Planned.Made made) {
            notBefore.remove(asked.id());
            return admit(asked, made.plan());
        }
        Planned.Impossible impossible = (Planned.Impossible) planned;
        if (!impossible.passing()) {
            notBefore.remove(asked.id());
            return checks.refuse(asked, impossible.why());
        }
        notBefore.put(asked.id(), clock.instant().plus(BETWEEN_TRIES));
        LOG.atWarn()
                .addKeyValue("commandId", asked.id())
                .addKeyValue("reason", impossible.why().reason())
                .log("What was announced waits");
        return Future.succeededFuture();
    }

    /** Whatever declines this is waited for: the next sweep looks again. */
    private Future<Void> admit(Asked asked, Plan plan) {
        Commit commit = Admission.admitted(asked, plan, clock.instant())
                .with(asked.unchanged())
                .with(Recording.demand());
        Commit demanding = freezes.demand(checks.takePlace(commit, asked), asked);
        return brain.commit(Admission.taking(demanding, asked)).mapEmpty();
    }
}
