package io.signalbox.gate;

import io.signalbox.catalog.Action;
import io.signalbox.catalog.Approval;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Owner;
import io.signalbox.catalog.PolicySpec;
import io.signalbox.catalog.Risk;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small catalog: a deployment that production wants approved, a swap with a planning playbook, and the gate's words. */
final class TestCatalog {
    static final Approval BY_DEPLOYER = new Approval(Map.of("environment", "production"), "deployer");

    private TestCatalog() {}

    static Catalog catalog(String sources) {
        return catalog(sources, PolicySpec.NONE);
    }

    static Catalog catalog(String sources, PolicySpec policy) {
        Map<String, CommandSpec> commands = new LinkedHashMap<>();
        put(commands, deploy());
        put(commands, swap());
        put(commands, end());
        put(commands, rollback());
        put(commands, command("backend.nobody", Risk.CHANGE, Set.of(), Optional.empty(), program()));
        for (String name : List.of("approve", "break-glass", "grant", "revoke", "unlock")) {
            put(commands, word(name, Risk.CHANGE, Owner.GATE));
        }
        for (String name : List.of("deny", "locks", "roles-of", "who-has", "who-am-i", "can-i", "who-can", "why-not")) {
            put(commands, word(name, Risk.READ, Owner.GATE));
        }
        put(commands, word("help", Risk.READ, Owner.ABOUT));
        put(commands, word("reload", Risk.CHANGE, Owner.ABOUT));
        return new Catalog(
                commands, Map.of("ref", ref(), "environment", environment(), "id", id()), Map.of(), policy, sources);
    }

    static CommandSpec deploy() {
        return command("backend.deploy", Risk.CHANGE, Set.of("deployer"), Optional.empty(), program());
    }

    /** Two others have to agree to it. */
    private static CommandSpec end() {
        var two = new Approval(Map.of(), "deployer", 2);
        return command("backend.end", Risk.DESTROY, Set.of("deployer"), Optional.of(two), Optional.empty(), program());
    }

    /** One person is enough for it. */
    private static CommandSpec rollback() {
        Set<String> roles = Set.of("deployer");
        return command("backend.rollback", Risk.CHANGE, roles, Optional.empty(), Optional.empty(), program());
    }

    private static CommandSpec swap() {
        var plan = new Action.Playbook("status.yml", "{environment}", Map.of("target_environment", "{environment}"));
        return command("backend.swap", Risk.CHANGE, Set.of("deployer"), Optional.of(plan), program());
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
        return command(name, risk, roles, Optional.of(BY_DEPLOYER), plan, action);
    }

    private static CommandSpec command(
            String name,
            Risk risk,
            Set<String> roles,
            Optional<Approval> approval,
            Optional<Action.Playbook> plan,
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
        List<String> all = List.of("staging", "production", "testing");
        return new ArgumentType("environment", ArgumentType.Form.ONE_OF, all, Optional.empty(), Optional.empty());
    }

    private static ArgumentType id() {
        return new ArgumentType("id", ArgumentType.Form.COMMAND_ID, List.of(), Optional.empty(), Optional.empty());
    }

    private static void put(Map<String, CommandSpec> commands, CommandSpec spec) {
        commands.put(spec.name(), spec);
    }
}
