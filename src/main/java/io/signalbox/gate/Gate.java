package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.BrainUnavailable;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Signal;
import io.signalbox.catalog.Action;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each command to the part that decides it, and ends those that no part can decide. */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final FirstRoles first;
    private final Checks checks;
    private final Words words;
    private final Admission admission;
    private final Approved approved;
    private final Waiting waiting;
    private final Sayable sayable;
    private final Scheduling scheduling;
    private final Consequences consequences;
    private final TakeOver takeOver;
    private final Queueing queueing;

    private Gate(
            InstantSource clock,
            Supplier<Catalog> catalog,
            FirstRoles first,
            Checks checks,
            Words words,
            Admission admission,
            Approved approved,
            Waiting waiting,
            Scheduling scheduling,
            Consequences consequences,
            Sayable sayable,
            TakeOver takeOver,
            Queueing queueing) {
        this.clock = clock;
        this.catalog = catalog;
        this.first = first;
        this.checks = checks;
        this.words = words;
        this.admission = admission;
        this.approved = approved;
        this.waiting = waiting;
        this.sayable = sayable;
        this.scheduling = scheduling;
        this.consequences = consequences;
        this.takeOver = takeOver;
        this.queueing = queueing;
    }

    static Gate assemble(
            Brain brain,
            InstantSource clock,
            Supplier<Catalog> catalog,
            Planning planner,
            GateRules rules,
            Recording recording,
            Function<String, Future<Boolean>> isMember) {
        Policy policy = new Policy(rules.services(), () -> catalog.get().policy());
        Roles roles = new Roles(brain, () -> catalog.get().policy());
        Queue queue = new Queue(brain, clock, rules.queueTime());
        Locks locks = new Locks(brain, clock, queue);
        Freezes freezes = new Freezes(brain, clock, catalog);
        Allowance allowance = new Allowance(brain, clock, () -> catalog.get().policy());
        Checks checks = new Checks(brain, clock, policy, roles, recording, locks, freezes, queue, allowance);
        Awaiting awaiting = new Awaiting(brain, catalog);
        ApprovalWords approvals = new ApprovalWords(clock, awaiting, policy, roles);
        BreakingGlass glass = new BreakingGlass(clock, catalog, awaiting, roles);
        RoleWords roleWords = new RoleWords(clock, catalog, roles, rules.services(), isMember);
        ScheduleWords scheduleWords = new ScheduleWords(brain, clock, catalog, rules.zone());
        Admission admission = new Admission(clock, checks, policy, roles, planner, rules.approvalTime());
        Approved approved = new Approved(brain, clock, catalog, checks, planner, admission);
        Consequences consequences = new Consequences(brain, clock, checks, freezes, planner);
        Map<String, Function<Asked, Future<Reply>>> own =
                new HashMap<>(LockVocabulary.of(brain, clock, catalog, locks, freezes, rules.zone()));
        own.putAll(Map.of(
                "approve", approvals::approve,
                "deny", approvals::deny,
                "grant", roleWords::grant,
                "revoke", roleWords::revoke,
                "roles-of", roleWords::rolesOf,
                "who-has", roleWords::whoHas,
                "who-am-i", roleWords::whoAmI));
        own.put("break-glass", glass::breakGlass);
        own.put("schedules", scheduleWords::schedules);
        own.put("move", scheduleWords::move);
        own.put("keep", scheduleWords::keep);
        Questions questions = new Questions(catalog, checks, admission, policy, roles, own);
        Fate fate = new Fate(brain, clock, roles, locks, approved);
        own.put("can-i", questions::canI);
        own.put("who-can", questions::whoCan);
        own.put("why-not", new WhyNot(brain, fate, questions::canI)::answer);
        return new Gate(
                clock,
                catalog,
                new FirstRoles(brain, rules.firstRoles(), clock.instant()),
                checks,
                new Words(brain, clock, checks, own),
                admission,
                approved,
                new Waiting(brain, clock),
                new Scheduling(brain, clock, checks, admission, consequences, rules.zone()),
                consequences,
                new Sayable(catalog, policy, roles),
                new TakeOver(brain, clock, catalog, checks, policy, roles, locks, approved, rules.approvalTime()),
                new Queueing(locks, queue, admission, approved));
    }

    Future<Void> understood(Story story) {
        return first.ensure()
                .compose(founded -> decide(story, asked -> {
                    CommandId cause = story.requested().because();
                    if (cause != null) {
                        return consequences.takeOn(asked, cause);
                    }
                    if (isOld(asked)) {
                        return end(story, old(asked));
                    }
                    Instant due = asked.instruction().manner().due();
                    if (due != null) {
                        return scheduling.takeOn(asked, due);
                    }
                    if (isTakeOver(asked)) {
                        return takeOver.decide(asked);
                    }
                    return asked.spec().action() instanceof Action.Answer word
                            ? words.decide(asked, word)
                            : admission.decide(asked);
                }));
    }

    /** What only asks is answered late rather than never. */
    private boolean isOld(Asked asked) {
        return Policy.needsRecording(asked.spec())
                && asked.at().plus(Story.TIMELY).isBefore(clock.instant());
    }

    private Verdict.Refused old(Asked asked) {
        return new Verdict.Refused(
                "old",
                "This was said at " + Times.shown(asked.at(), clock.instant())
                        + " and the bot was away; nothing was done.",
                "Say it again.");
    }

    /** Where several have to agree, the first yes is not the last. */
    Future<Void> approved(Story story) {
        if (!story.isAgreed()) {
            return waiting.look(story);
        }
        return decide(story, asked -> isTakeOver(asked) ? takeOver.approved(asked) : approved.decide(asked));
    }

    /** The one word about the bot that waits for somebody else's yes. */
    private static boolean isTakeOver(Asked asked) {
        return !asked.spec().startsProcess() && asked.approval().isPresent();
    }

    Future<Void> queued(Story story) {
        return decide(story, queueing::decide);
    }

    Future<Void> scheduled(Story story) {
        return decide(story, scheduling::look);
    }

    Future<Void> waiting(Story story) {
        return waiting.look(story);
    }

    Future<Set<String>> sayable(Signal.Sayable question) {
        return first.ensure().compose(founded -> sayable.names(question));
    }

    private Future<Void> decide(Story story, Function<Asked, Future<Void>> decision) {
        String name = story.instruction().command();
        Optional<CommandSpec> spec = catalog.get().find(name);
        if (spec.isEmpty()) {
            return end(story, new Verdict.Refused("catalog", "The catalog has no command " + name + " any more."));
        }
        return Future.succeededFuture(new Asked(story, spec.get()))
                .compose(decision)
                .recover(failure ->
                        failure instanceof BrainUnavailable ? Future.failedFuture(failure) : broken(story, failure));
    }

    /** What failed for another reason than the brain would fail again: the command ends, and its person is told. */
    private Future<Void> broken(Story story, Throwable failure) {
        LOG.atError().setCause(failure).addKeyValue("commandId", story.id()).log("A command could not be decided");
        return end(
                story,
                new Verdict.Refused(
                        "failed",
                        "The gate could not decide this: " + failure.getMessage() + ". Nothing was done.",
                        "The log of Signalbox has more about " + story.id() + "."));
    }

    private Future<Void> end(Story story, Verdict.Refused why) {
        return checks.refuse(story.id(), story.state(), why);
    }
}
