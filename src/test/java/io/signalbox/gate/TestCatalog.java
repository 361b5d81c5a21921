package io.signalbox.gate;

import io.signalbox.catalog.Action;
import io.signalbox.catalog.Approval;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.CronLine;
import io.signalbox.catalog.FreezeWindow;
import io.signalbox.catalog.Owner;
import io.signalbox.catalog.PolicySpec;
import io.signalbox.catalog.Risk;
import io.signalbox.catalog.Sequels;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small catalog: a deployment that production wants approved, a swap with a planning playbook, and the gate's words. */
final class TestCatalog {
    static final Approval BY_DEPLOYER = new Approval(Map.of("environment", "production"), "deployer");

    private static final Action.Playbook STATUS =
            new Action.Playbook("status.yml", "{environment}", Map.of("target_environment", "{environment}"));
    private static final ArgumentType HOSTS =
            new ArgumentType("hosts", ArgumentType.Form.HOSTS, List.of(), Optional.empty(), Optional.empty());
    private static final Map<String, CronLine> NIGHTLY = Map.of(
            "nightly", new CronLine("nightly", "0 2 * * *", ZoneId.of("UTC"), "backend.deploy staging", "play:ops"));
    private static final FreezeWindow WEEKEND = new FreezeWindow(
            Optional.of("shop"),
            new FreezeWindow.Moment(DayOfWeek.FRIDAY, LocalTime.of(16, 0)),
            new FreezeWindow.Moment(DayOfWeek.MONDAY, LocalTime.of(7, 0)),
            ZoneId.of("Europe/Berlin"),
            "weekend");

    private TestCatalog() {}

    static Catalog catalog(String sources) {
        return catalog(sources, PolicySpec.NONE);
    }

    static Catalog catalog(String sources, PolicySpec policy) {
        Map<String, CommandSpec> commands = new LinkedHashMap<>();
        put(commands, deploy());
        put(commands, swap());
        put(commands, end());
        put(commands, wipe());
        put(commands, command("backend.nobody", Risk.CHANGE, Set.of(), Optional.empty(), program()));
        for (String name : List.of(
                "approve",
                "break-glass",
                "grant",
                "revoke",
                "unlock",
                "lock",
                "extend",
                "freeze",
                "thaw",
                "move",
                "keep")) {
            put(commands, word(name, Risk.CHANGE, Owner.GATE));
        }
        for (String name : List.of(
                "deny",
                "locks",
                "freezes",
                "noop",
                "schedules",
                "roles-of",
                "who-has",
                "who-am-i",
                "can-i",
                "who-can",
                "why-not")) {
            put(commands, word(name, Risk.READ, Owner.GATE));
        }
        put(commands, word("help", Risk.READ, Owner.ABOUT));
        put(commands, word("reload", Risk.CHANGE, Owner.ABOUT));
        put(commands, takeOver());
        put(commands, rollback());
        Map<String, ArgumentType> arguments =
                Map.of("ref", ref(), "environment", environment(), "id", id(), "hosts", HOSTS);
        return new Catalog(commands, arguments, NIGHTLY, List.of(WEEKEND), policy, sources);
    }

    /** The one word that another deployer has to agree to. */
    private static CommandSpec takeOver() {
        CommandSpec word = word("take-over", Risk.CHANGE, Owner.GATE);
        return new CommandSpec(
                word.name(),
                word.say(),
                word.help(),
                word.risk(),
                Set.of("deployer"),
                Optional.of(new Approval(Map.of(), "deployer")),
                word.lock(),
                word.timeout(),
                word.action(),
                word.plan(),
                word.consequences(),
                word.actions());
    }

    /** The way back: nobody else has to agree, and no freeze holds it. */
    private static CommandSpec rollback() {
        CommandSpec deploy = deploy();
        return new CommandSpec(
                "backend.rollback",
                deploy.say(),
                deploy.help(),
                deploy.risk(),
                deploy.roles(),
                Optional.empty(),
                deploy.lock(),
                deploy.timeout(),
                deploy.action(),
                deploy.plan(),
                List.of(),
                Sequels.NONE,
                true,
                deploy.actions());
    }

    static CommandSpec deploy() {
        return command("backend.deploy", Risk.CHANGE, Set.of("deployer"), Optional.empty(), program());
    }

    /** Two others have to agree to it. */
    private static CommandSpec wipe() {
        var two = new Approval(Map.of(), "deployer", 2);
        return command(
                "backend.wipe",
                Risk.DESTROY,
                Set.of("deployer"),
                Optional.of(two),
                Optional.empty(),
                Sequels.NONE,
                program());
    }

    private static CommandSpec swap() {
        var ends = new Sequels.Sequel("backend.end", Map.of("hosts", "{facts.swap.in}"), Duration.ofHours(2));
        return command(
                "backend.swap",
                Risk.CHANGE,
                Set.of("deployer"),
                Optional.of(BY_DEPLOYER),
                Optional.of(STATUS),
                new Sequels(List.of(ends), List.of()),
                program());
    }

    /** What a swap announces; said by nobody, since it asks for a role that nobody has. */
    private static CommandSpec end() {
        return new CommandSpec(
                "backend.end",
                List.of("end {hosts}"),
                "",
                Risk.DESTROY,
                Set.of("undertaker"),
                Optional.of(new Approval(Map.of(), "undertaker")),
                Optional.of("backend/staging"),
                Duration.ofMinutes(1),
                program(),
                Optional.of(new Action.Playbook("status.yml", "staging", Map.of())),
                List.of(),
                List.of());
    }

    private static CommandSpec word(String name, Risk risk, Owner owner) {
        return new CommandSpec(
                name,
                List.of(name + " [{id}]"),
                "",
                risk,
                Set.of(CommandSpec.EVERYONE),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(1),
                new Action.Answer(owner),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static CommandSpec command(
            String name, Risk risk, Set<String> roles, Optional<Action.Playbook> plan, Action action) {
        return command(name, risk, roles, Optional.of(BY_DEPLOYER), plan, Sequels.NONE, action);
    }

    private static CommandSpec command(
            String name,
            Risk risk,
            Set<String> roles,
            Optional<Approval> approval,
            Optional<Action.Playbook> plan,
            Sequels sequels,
            Action action) {
        return new CommandSpec(
                name,
                List.of(name + " {environment} [{ref}]"),
                "",
                risk,
                roles,
                approval,
                Optional.of("backend/{environment}"),
                Duration.ofMinutes(1),
                action,
                plan,
                List.of("what was live stays in {environment} until `terminate`"),
                sequels,
                false,
                List.of());
    }

    private static Action program() {
        return new Action.Program(List.of("true"));
    }

    private static ArgumentType ref() {
        return new ArgumentType(
                "ref", ArgumentType.Form.GIT_REF, List.of(), Optional.of("main"), Optional.of("backend"));
    }

    private static ArgumentType environment() {
        List<String> all = List.of("staging", "production", "testing", "shop");
        return new ArgumentType("environment", ArgumentType.Form.ONE_OF, all, Optional.empty(), Optional.empty());
    }

    private static ArgumentType id() {
        return new ArgumentType("id", ArgumentType.Form.COMMAND_ID, List.of(), Optional.empty(), Optional.empty());
    }

    private static void put(Map<String, CommandSpec> commands, CommandSpec spec) {
        commands.put(spec.name(), spec);
    }
}
