package io.signalbox.gate;

import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.process.Children;
import io.signalbox.runner.ChildEnvironment;
import io.signalbox.runner.CodeCopies;
import io.signalbox.runner.Git;
import io.signalbox.runner.GitRefs;
import io.signalbox.runner.Invocations;
import io.signalbox.runner.Redactions;
import io.signalbox.runner.ShortRun;
import io.signalbox.runner.Workplace;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A project folder with a planning playbook, the repository of a service, and a world for that playbook to look at. */
final class TestProject {
    /** The planning playbook fails where the world says so, and pins what it finds otherwise. */
    private static final String STATUS = """
            - name: Tell what there is
              hosts: localhost
              gather_facts: false
              tasks:
                - name: Look at the world
                  ansible.builtin.set_fact:
                    world: "{{ lookup('ansible.builtin.file', '%s') | from_json }}"
                - name: Check that it can be done
                  ansible.builtin.assert:
                    that: world.broken is not defined
                    fail_msg: "{{ world.broken | default('') }}"
                - name: Write the facts
                  ansible.builtin.copy:
                    content: "{{ world | to_json }}"
                    dest: "{{ facts_file }}"
                    mode: "0600"
            """;

    private static final String CONFIGURATION = """
            [defaults]
            callback_plugins = ./callback_plugins
            callbacks_enabled = signalbox_events
            """;

    final Path folder;
    private final Path code;
    private final Path repository;

    TestProject(Path folder) {
        this.folder = folder;
        this.code = folder.resolve("project");
        this.repository = folder.resolve("backend");
        write("playbooks/status.yml", STATUS.formatted(folder.resolve("world.json")));
        write("inventory/staging/hosts.yml", "all: {}\n");
        write("commands/backend.yml", "commands: {}\n");
        write("roles/one/tasks/main.yml", "[]\n");
        write("ansible.cfg", CONFIGURATION);
        write("callback_plugins/signalbox_events.py", read(Path.of("callback_plugins/signalbox_events.py")));
        world("{\"swap\": {\"in\": [{\"id\": \"i-2\", \"version\": \"1.1\"}], \"refused\": null}}");
        git("init", "--quiet", "--initial-branch=main", repository.toString());
        push("first");
    }

    Workplace workplace() {
        Path signalbox = Path.of(".signalbox").toAbsolutePath();
        return new Workplace(
                code,
                List.of("commands"),
                folder.resolve("state"),
                signalbox.resolve("venv/bin/python"),
                signalbox.resolve("collections"),
                Map.of("API_TOKEN", "very-secret-value"),
                Map.of(),
                Optional.empty(),
                Map.of("backend", repository.toUri().toString()));
    }

    /** What plans what is said of this project; uncommitted playbooks may run. */
    Planner planner(Vertx vertx, Supplier<Catalog> catalog, InstantSource clock) {
        Workplace workplace = workplace();
        Children children = new Children(vertx);
        ChildEnvironment environment = new ChildEnvironment(workplace, System.getenv());
        Git git = new Git(vertx, children, workplace, environment);
        return new Planner(
                vertx,
                catalog,
                workplace,
                new GitRefs(vertx, git),
                new CodeCopies(vertx, git, workplace, clock),
                new Invocations(catalog.get(), workplace, environment),
                new ShortRun(vertx, children),
                new Redactions(vertx, workplace),
                true);
    }

    /** What a catalog says of itself that is read from here now. */
    String sources() {
        try {
            return new CatalogLoader(code, List.of(code.resolve("commands"))).sources();
        } catch (BadCatalog e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody edits a file of the project. */
    void write(String file, String text) {
        write(code.resolve(file), text);
    }

    /** Somebody changes what the planning playbook finds. */
    void world(String json) {
        write(folder.resolve("world.json"), json);
    }

    /** Somebody pushes a commit to main of the service's repository, and this is its id. */
    String push(String subject) {
        git(
                "-C",
                repository.toString(),
                "-c",
                "user.name=dev",
                "-c",
                "user.email=dev@example.org",
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                subject);
        return git("-C", repository.toString(), "rev-parse", "HEAD").strip();
    }

    /** From now on the planning playbook waits for an answer that never comes. */
    void worldWaits() {
        Path world = folder.resolve("world.json");
        rename(world, folder.resolve("old.json"));
        run(List.of("mkfifo", world.toString()));
    }

    void repositoryGoesAway() {
        rename(repository, repository.resolveSibling("away"));
    }

    void repositoryComesBack() {
        rename(repository.resolveSibling("away"), repository);
    }

    private static void rename(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String git(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(arguments));
        return run(argv);
    }

    private static String run(List<String> argv) {
        try {
            Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(argv + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
