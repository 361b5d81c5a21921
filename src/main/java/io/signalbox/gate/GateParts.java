package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.catalog.Catalog;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the gate is made of: a part for each way that a command can take through it. */
record GateParts(
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
    static GateParts assemble(
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
        return new GateParts(
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
}
