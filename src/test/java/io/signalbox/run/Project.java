package io.signalbox.run;

import io.signalbox.bus.Home;
import io.signalbox.catalog.Action;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Owner;
import io.signalbox.catalog.Risk;
import io.signalbox.config.RunConduct;
import io.signalbox.runner.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A project folder with playbooks for this machine, the real callback, the real wrapper and the real Ansible. */
final class Project {
    static final String SECRET = "hunter2-of-the-database";
    private static final Path REAL = Path.of("").toAbsolutePath();

    final Path folder;
    final Path state;
    final Home here;
    private final Map<String, CommandSpec> commands = new LinkedHashMap<>();

    Project(Path home) throws IOException {
        this(home, "this-machine");
    }

    Project(Path home, String host) throws IOException {
        here = new Home(home.toString(), host);
        folder = home.resolve("code");
        state = home.resolve("state");
        Files.createDirectories(folder.resolve("playbooks"));
        Files.createDirectories(folder.resolve("inventory/here"));
        Files.createDirectories(folder.resolve("callback_plugins"));
        Files.createDirectories(folder.resolve("commands"));
        Files.writeString(folder.resolve("commands/own.yml"), "commands: {}\n");
        Files.createDirectories(state);
        Files.createDirectories(home());
        for (String real : List.of("ansible.cfg", "callback_plugins/signalbox_events.py")) {
            Files.copy(REAL.resolve(real), folder.resolve(real));
        }
        Files.writeString(folder.resolve("inventory/here/hosts.yml"), """
                all:
                  hosts:
                    web1: {ansible_connection: local}
                    web2: {ansible_connection: local}
                """);
        Files.writeString(home.resolve("secret"), SECRET + "\n");
        for (String word : List.of("cancel", "log", "tail", "runs")) {
            add("bot." + word, new Action.Answer(Owner.RUN), Duration.ofMinutes(1));
        }
    }

    Path home() {
        return state.resolveSibling("home");
    }

    Project playbook(String name, Map<String, String> vars, String text) throws IOException {
        Files.writeString(folder.resolve("playbooks/" + name + ".yml"), text);
        return add(name, new Action.Playbook(name + ".yml", "here", vars), Duration.ofMinutes(1));
    }

    Project program(String name, String... argv) {
        return add(name, new Action.Program(List.of(argv)), Duration.ofMinutes(1));
    }

    Project program(String name, Duration timeout, String... argv) {
        return add(name, new Action.Program(List.of(argv)), timeout);
    }

    /** What waits until {@code gate} exists, and then ends with {@code code}. */
    static String[] waiting(Path gate, int code) {
        return new String[] {"/usr/bin/python3", "-c", """
            import os, sys, time
            print('waiting \\x1b[31mfor\\x1b[0m the gate', flush=True)
            while not os.path.exists(sys.argv[1]): time.sleep(0.02)
            print('went', os.environ['DATABASE_PASSWORD'])
            sys.exit(int(sys.argv[2]))
            """, gate.toString(), Integer.toString(code)};
    }

    /** As a new catalog does that has this command no more. */
    void forget(String name) {
        commands.remove(name);
    }

    Project programOfEverybody(String name, String... argv) {
        return add(name, new Action.Program(List.of(argv)), Duration.ofMinutes(1), CommandSpec.EVERYONE);
    }

    private Project add(String name, Action action, Duration timeout) {
        return add(name, action, timeout, "deployer");
    }

    private Project add(String name, Action action, Duration timeout, String role) {
        commands.put(
                name,
                new CommandSpec(
                        name,
                        List.of(name),
                        "Tests.",
                        Risk.CHANGE,
                        Set.of(role),
                        Optional.empty(),
                        Optional.empty(),
                        timeout,
                        action,
                        Optional.empty(),
                        List.of(),
                        List.of()));
        return this;
    }

    Catalog catalog() {
        return new Catalog(
                Map.copyOf(commands),
                Map.of(
                        "hosts",
                        new ArgumentType(
                                "hosts", ArgumentType.Form.HOSTS, List.of(), Optional.empty(), Optional.empty())),
                sources());
    }

    /** As a catalog that is read again whenever a file of it changes. */
    private String sources() {
        try {
            return new CatalogLoader(folder, List.of(folder.resolve("commands"))).sources();
        } catch (BadCatalog e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody edits the catalog. */
    void editCatalog() throws IOException {
        Files.writeString(folder.resolve("commands/own.yml"), "commands: {} # of another meaning\n");
    }

    Workplace workplace() {
        return new Workplace(
                folder,
                List.of("commands"),
                state,
                REAL.resolve(".signalbox/venv/bin/python"),
                REAL.resolve(".signalbox/collections"),
                Map.of("HOME", home().toString()),
                Map.of("DATABASE_PASSWORD", state.resolveSibling("secret")),
                Optional.empty(),
                Map.of());
    }

    RunRules rules(Duration acknowledgement, int atOnce) {
        return rules(acknowledgement, RunConduct.standard().atOnce(atOnce, Math.max(1, atOnce)));
    }

    RunRules rules(Duration acknowledgement, RunConduct conduct) {
        return new RunRules(
                Path.of("/usr/bin/python3"),
                REAL.resolve("libexec/signalbox-run"),
                here,
                conduct,
                Duration.ZERO,
                acknowledgement,
                Optional.of(Duration.ofSeconds(2)));
    }
}
