package io.signalbox.runner;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.Action;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Risk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A small catalog and what belongs to it. */
final class Parts {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    static final Catalog CATALOG = new Catalog(
            Map.of(),
            Map.of(
                    "environment", type("environment", ArgumentType.Form.ONE_OF, Optional.empty()),
                    "ref", type("ref", ArgumentType.Form.GIT_REF, Optional.of("backend")),
                    "hosts", type("hosts", ArgumentType.Form.HOSTS, Optional.empty()),
                    "note", type("note", ArgumentType.Form.TEXT, Optional.empty())),
            "");

    private Parts() {}

    private static ArgumentType type(String name, ArgumentType.Form form, Optional<String> repository) {
        return new ArgumentType(name, form, List.of(), Optional.empty(), repository);
    }

    static Workplace workplace(Path code, Path state) {
        return workplace(
                code, state, Map.of("AWS_REGION", "eu-central-1", "AWS_SECRET_ACCESS_KEY", "never-shown-to-anybody"));
    }

    static Workplace workplace(Path code, Path state, Map<String, String> environment) {
        Path python = code.resolve(".signalbox/venv/bin/python");
        return new Workplace(
                code,
                List.of("commands"),
                state,
                python,
                code.resolve(".signalbox/collections"),
                environment,
                Map.of(),
                Optional.of(Path.of("/keys/deploy")),
                Map.of("backend", "file:///srv/backend.git"));
    }

    static CommandSpec playbook(Map<String, String> vars) {
        return command(new Action.Playbook("site.yml", "{environment}", vars));
    }

    static CommandSpec program(String... argv) {
        return command(new Action.Program(List.of(argv)));
    }

    private static CommandSpec command(Action action) {
        return new CommandSpec(
                "test.command",
                List.of("test"),
                "Tests.",
                Risk.CHANGE,
                Set.of("deployer"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(5),
                action,
                Optional.of(new Action.Playbook(
                        "status.yml", "{environment}", Map.of("git_commit", "{ref.commit}", "facts_for", "swap"))),
                List.of(),
                List.of());
    }

    static Instruction said(Map<String, String> arguments) {
        return new Instruction("test.command", "test", arguments);
    }

    static Plan plan(@Nullable String facts) {
        return new Plan(
                "0".repeat(64),
                "f".repeat(64),
                new TreeMap<>(Map.of("ref", COMMIT)),
                new TreeMap<>(Map.of("ref", "file:///srv/backend.git")),
                facts,
                List.of(),
                List.of());
    }
}
