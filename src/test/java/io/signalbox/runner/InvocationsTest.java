package io.signalbox.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.catalog.CommandSpec;
import io.signalbox.config.RunSettings;
import io.signalbox.process.ProcessSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InvocationsTest {
    private static final Path CODE = Path.of("/srv/signalbox");
    private static final Path COPY = Path.of("/var/lib/sb/code/abc");
    private static final Path FOLDER = Path.of("/var/lib/sb/runs/k3m9xw");

    private final Workplace workplace = Parts.workplace(CODE, Path.of("/var/lib/sb"));
    private final Invocations invocations = new Invocations(
            Parts.CATALOG,
            workplace,
            new ChildEnvironment(
                    workplace,
                    Map.of("PATH", "/usr/bin", "LANG", "de_DE.UTF-8", "SLACK_TOKEN", "xoxb", "HOME", "/home/b")));

    @Test
    void startsTheVenvsAnsibleOnTheCopyWithItsVariablesInAFile() {
        Invocation run = invocations.run(
                Parts.playbook(Map.of("target_environment", "{environment}")),
                Parts.said(Map.of("environment", "staging")),
                Parts.plan(null),
                COPY,
                FOLDER);

        assertThat(run.argv())
                .containsExactly(
                        "/srv/signalbox/.signalbox/venv/bin/python",
                        "/srv/signalbox/.signalbox/venv/bin/ansible-playbook",
                        "-i",
                        "inventory/staging",
                        "playbooks/site.yml",
                        "-e",
                        "@/var/lib/sb/runs/k3m9xw/vars.json");
        assertThat(run.folder()).isEqualTo(COPY);
        assertThat(run.vars()).containsExactly(Map.entry("target_environment", "staging"));
    }

    @Test
    void givesAChildNothingOfTheBotsEnvironmentThatIsNotAllowed() {
        Map<String, String> environment = invocations
                .run(
                        Parts.playbook(Map.of()),
                        Parts.said(Map.of("environment", "staging")),
                        Parts.plan(null),
                        COPY,
                        FOLDER)
                .environment();

        assertThat(environment)
                .doesNotContainKey("SLACK_TOKEN")
                .containsEntry("HOME", "/home/b")
                .containsEntry("LANG", "C.UTF-8")
                .containsEntry("PATH", "/srv/signalbox/.signalbox/venv/bin:/usr/bin")
                .containsEntry("AWS_REGION", "eu-central-1")
                .containsEntry("ANSIBLE_CONFIG", "/var/lib/sb/code/abc/ansible.cfg")
                .containsEntry("ANSIBLE_PRIVATE_KEY_FILE", "/keys/deploy")
                .containsEntry("SIGNALBOX_EVENTS", "/var/lib/sb/runs/k3m9xw/events.jsonl")
                .containsEntry("ANSIBLE_SSH_CONTROL_PATH_DIR", "/var/lib/sb/runs/k3m9xw/ssh");
    }

    @Test
    void nothingShowsTheValuesOfVariablesWhichMayBeSecret() {
        Invocation run = invocations.run(
                Parts.playbook(Map.of()), Parts.said(Map.of("environment", "staging")), Parts.plan(null), COPY, FOLDER);
        ProcessSpec process = new ProcessSpec(run.argv(), run.environment(), FOLDER, Duration.ofSeconds(1), 1);

        for (Object each : List.of(workplace, run, process)) {
            assertThat(each.toString())
                    .contains("AWS_SECRET_ACCESS_KEY", each.getClass().getSimpleName())
                    .doesNotContain("never-shown-to-anybody");
        }
    }

    @Test
    void doesWithoutSharedConnectionsWhereNoSocketsPathWouldFitAndKeepsTheArgumentsOfSsh() {
        ChildEnvironment environment = new ChildEnvironment(workplace, Map.of());
        Path longest = Path.of("/" + "a".repeat(62) + "/runs/k3m9xw");
        assertThat(environment.ansible(COPY, longest)).doesNotContainKey("ANSIBLE_SSH_CONTROL_PATH");

        assertThat(environment.ansible(COPY, Path.of("/ü" + "a".repeat(61) + "/runs/k3m9xw")))
                .containsEntry("ANSIBLE_SSH_CONTROL_PATH", "none")
                .doesNotContainKeys("ANSIBLE_SSH_ARGS", "ANSIBLE_SSH_COMMON_ARGS", "ANSIBLE_SSH_EXTRA_ARGS");
    }

    @Test
    void theSettingsRefuseEveryVariableThatWouldBeOverwritten() {
        Path deep = Path.of("/" + "a".repeat(90));
        Workplace bare = Parts.workplace(CODE, Path.of("/var/lib/sb"), Map.of());
        Set<String> overwritten = new TreeSet<>(
                new ChildEnvironment(bare, Map.of()).ansible(COPY, deep).keySet());
        overwritten.removeAll(new ChildEnvironment(bare, Map.of()).plain().keySet());

        assertThat(overwritten).contains("ANSIBLE_CONFIG", "ANSIBLE_SSH_CONTROL_PATH", "SIGNALBOX_EVENTS");
        for (String name : overwritten) {
            assertThatThrownBy(() -> new RunSettings(Map.of(name, "x"), Map.of(), Optional.empty()))
                    .hasMessageContaining("run.environment." + name + ": the bot itself sets " + name);
        }
        assertThat(new RunSettings(Map.of("ANSIBLE_SSH_ARGS", "-v"), Map.of(), Optional.empty()).environment())
                .containsKey("ANSIBLE_SSH_ARGS");
    }

    @Test
    void handsOverCommitsRepositoriesListsAndFacts() {
        Map<String, Object> vars = invocations
                .run(
                        Parts.playbook(Map.of(
                                "git_commit", "{ref.commit}",
                                "git_repository", "{ref.repository}",
                                "target_hosts", "{hosts}",
                                "expected_in", "{facts.swap.in}",
                                "words", "for {environment} only")),
                        Parts.said(Map.of("environment", "staging", "ref", "main", "hosts", "web1,web2")),
                        Parts.plan("{\"swap\":{\"in\":[{\"id\":\"i-1\",\"version\":\"7\"}]}}"),
                        COPY,
                        FOLDER)
                .vars();

        assertThat(vars)
                .containsEntry("git_commit", Parts.COMMIT)
                .containsEntry("git_repository", "file:///srv/backend.git")
                .containsEntry("target_hosts", List.of("web1", "web2"))
                .containsEntry("words", "for staging only")
                .containsEntry(
                        "expected_in",
                        new JsonArray().add(new JsonObject().put("id", "i-1").put("version", "7")));
    }

    @Test
    void leavesOutWhatWasNotSaid() {
        Map<String, Object> vars = invocations
                .run(
                        Parts.playbook(Map.of("target_hosts", "{hosts}", "git_ref", "{ref}")),
                        Parts.said(Map.of("environment", "staging")),
                        Parts.plan(null),
                        COPY,
                        FOLDER)
                .vars();

        assertThat(vars).isEmpty();
    }

    @Test
    void refusesToRunWithoutAFactThatShouldBePinned() {
        var spec = Parts.playbook(Map.of("expected_in", "{facts.swap.in}"));
        var said = Parts.said(Map.of("environment", "staging"));

        for (String facts : List.of("{}", "{\"swap\":{}}", "{\"swap\":[]}", "{\"swap\":{\"in\":null}}")) {
            assertThatThrownBy(() -> invocations.run(spec, said, Parts.plan(facts), COPY, FOLDER))
                    .isInstanceOf(NotRunnable.class)
                    .hasMessage("the plan pinned no fact 'swap.in', which the variable expected_in needs");
        }
    }

    @Test
    void refusesAnInventoryThatIsNotAFolderName() {
        for (String environment : List.of("../production", "staging/x", "-x", "", "a,b")) {
            var said = Parts.said(Map.of("environment", environment));
            assertThatThrownBy(() -> invocations.run(Parts.playbook(Map.of()), said, Parts.plan(null), COPY, FOLDER))
                    .isInstanceOf(NotRunnable.class);
        }
    }

    @Test
    void aPlanGetsTheFileToWriteFactsToAndItsVariablesBesideIt() {
        Invocation plan = invocations.plan(
                Parts.playbook(Map.of()),
                Parts.said(Map.of("environment", "staging", "ref", "main")),
                new TreeMap<>(Map.of("ref", Parts.COMMIT)),
                COPY,
                FOLDER.resolve("facts.json"));

        assertThat(plan.vars())
                .isEqualTo(
                        Map.of("git_commit", Parts.COMMIT, "facts_for", "swap", "facts_file", FOLDER + "/facts.json"));
        assertThat(plan.argv()).endsWith("playbooks/status.yml", "-e", "@" + FOLDER + "/vars.json");
    }

    @Test
    void aProgramGetsWordsAndNoPersonsWordMayBeAnOption() {
        var spec = Parts.program("/usr/bin/printf", "--", "{note}", "for {environment}", "{hosts}");

        assertThat(run(spec, Map.of("environment", "$(id)", "note", "a; b", "hosts", "x,y"))
                        .argv())
                .containsExactly("/usr/bin/printf", "--", "a; b", "for $(id)", "x", "y");
        assertThat(run(spec, Map.of("environment", "e")).argv()).containsExactly("/usr/bin/printf", "--", "for e");
        assertThatThrownBy(() -> run(spec, Map.of("environment", "e", "note", "-rf")))
                .isInstanceOf(NotRunnable.class)
                .hasMessage("'-rf' begins with '-': a program could take it for an option");
        assertThatThrownBy(() -> run(spec, Map.of("environment", "e", "hosts", "x,--y")))
                .isInstanceOf(NotRunnable.class);
    }

    private Invocation run(CommandSpec spec, Map<String, String> said) {
        return invocations.run(spec, Parts.said(said), Parts.plan(null), COPY, FOLDER);
    }
}
