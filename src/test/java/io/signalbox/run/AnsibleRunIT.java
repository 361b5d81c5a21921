package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Progress;
import io.signalbox.bus.Signal;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.runner.ChildEnvironment;
import io.signalbox.runner.Invocations;
import io.signalbox.runner.PasteLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs of real playbooks on this machine. */
class AnsibleRunIT extends RecordedRuns {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private final Path home;

    AnsibleRunIT(@TempDir Path home) throws IOException {
        super(REDIS, home);
        this.home = home;
    }

    @Test
    void tellsHowFarItIsAndWhatThePlaybookSaidOfItself() throws Exception {
        project.playbook("good", Map.of("request_name", "{name}"), """
                - name: First
                  hosts: all
                  gather_facts: false
                  tasks:
                    - name: Wait a moment
                      ansible.builtin.wait_for: {timeout: 1}
                    - name: Change something
                      ansible.builtin.file: {path: "{{ lookup('env', 'HOME') }}/{{ inventory_hostname }}", state: touch, mode: "0600"}
                - name: Second
                  hosts: web1
                  gather_facts: false
                  tasks:
                    - name: Say it
                      ansible.builtin.set_stats: {data: {summary: "staged {{ request_name }}"}, per_host: false}
                """);
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId first = bot.admit("good", Map.of("name", "one"));
            Event.Finished end = bot.awaitEnd(first);
            assertThat(end.outcome()).as(end.toString()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(end.exitCode()).isZero();
            assertThat(end.result()).containsEntry("summary", "staged one");

            bot.progress.clear();
            bot.awaitEnd(bot.admit("good", Map.of("name", "two")));
            assertThat(bot.progress).isNotEmpty();
            Progress progress = bot.progress.stream()
                    .map(Signal.Progressed::progress)
                    .reduce((a, b) -> b)
                    .orElseThrow();
            assertThat(progress.stages()).isEqualTo(2);
            assertThat(progress.of()).isEqualTo(3);
            assertThat(bot.progress.stream().map(each -> each.progress().left()))
                    .anyMatch(Objects::nonNull);
            assertThat(bot.progress.stream()
                            .flatMap(each -> each.progress().hosts().stream())
                            .map(Progress.HostProgress::host))
                    .contains("web1");
        }
    }

    @Test
    void doingNothingIsNotSuccess() throws Exception {
        project.playbook("illusion", Map.of(), """
                - name: Nobody is here
                  hosts: no_such_group
                  gather_facts: false
                  tasks:
                    - name: Never
                      ansible.builtin.debug: {msg: never}
                """);
        try (Bot bot = new Bot(REDIS, project)) {
            Event.Finished end = bot.awaitEnd(bot.admit("illusion", Map.of()));

            assertThat(end.exitCode()).isZero();
            assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(end.reason()).isEqualTo("no host took part in 'Nobody is here', so nothing was done there");
        }
    }

    @Test
    void aPlaybookThatCannotBeReadShowsWhatAnsiblePrinted() throws Exception {
        project.playbook("broken", Map.of(), "- hosts: all\n  tasks: [{ansible.builtin.no_such_module: {}}]\n");
        try (Bot bot = new Bot(REDIS, project)) {
            Event.Finished end = bot.awaitEnd(bot.admit("broken", Map.of()));

            assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(String.join("\n", Objects.requireNonNull(end.failure()).lines()))
                    .contains("no_such_module");
        }
    }

    @Test
    void aCancelledPlaybookEndsWithItsHosts() throws Exception {
        project.playbook("long", Map.of(), """
                - name: Only
                  hosts: all
                  gather_facts: false
                  tasks:
                    - name: Wait
                      ansible.builtin.wait_for: {timeout: 60}
                """);
        try (Bot bot = new Bot(REDIS, project)) {
            CommandId id = bot.admit("long", Map.of());
            bot.awaitState(id, Kind.STARTED);
            Bot.until(() -> !bot.progress.isEmpty(), () -> "no progress was told");
            bot.word(Bot.ANNA, "cancel", id);

            assertThat(bot.awaitEnd(id).outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void nothingThatAPersonSaysIsExecuted() throws Exception {
        Path effect = home.resolve("effect");
        project.playbook("echo", Map.of("said", "{said}", "hosts_said", "{hosts}", "mixed", "for {said}!"), """
                - name: Only
                  hosts: web1
                  gather_facts: false
                  tasks:
                    - name: Use it
                      ansible.builtin.debug: {msg: "{{ said }} {{ hosts_said | default([]) }} {{ mixed }}"}
                    - name: Hand it over
                      ansible.builtin.command: {argv: [echo, "{{ said }}"]}
                      changed_when: false
                    - name: Give it back
                      ansible.builtin.set_stats: {data: {summary: "{{ said }}"}, per_host: false}
                """);
        project.program("words", "/usr/bin/printf", "%s", "{said}");
        try (Bot bot = new Bot(REDIS, project)) {
            for (String said : List.of(
                    "{{ lookup('pipe', 'id > " + effect + "') }}",
                    "{% set x = lookup('pipe', 'id > " + effect + "') %}",
                    "$(id > " + effect + ")",
                    "`id > " + effect + "`",
                    "'; id > " + effect + "; '",
                    "| id > " + effect,
                    "x\nid > " + effect)) {
                CommandId played = bot.admit("echo", Map.of("said", said, "hosts", said));
                CommandId printed = bot.admit("words", Map.of("said", said));
                Event.Finished end = bot.awaitEnd(played);
                assertThat(end.outcome()).as(end.toString()).isEqualTo(Outcome.SUCCEEDED);
                assertThat(end.result()).containsEntry("summary", said);
                assertThat(bot.awaitEnd(printed).outcome()).isEqualTo(Outcome.SUCCEEDED);
                assertThat(project.state.resolve("runs/" + printed + "/output.log"))
                        .hasContent(said);
                assertThat(effect).as(said).doesNotExist();
            }
        }
    }

    @Test
    void theLineToPasteDoesTheSameInAShell() throws Exception {
        Path effect = home.resolve("effect");
        project.playbook("paste", Map.of("said", "{said}"), """
                - name: Only
                  hosts: web1
                  gather_facts: false
                  tasks:
                    - name: Keep it
                      ansible.builtin.copy: {content: "{{ said }}", dest: "%s", mode: "0600"}
                """.formatted(home.resolve("kept")));
        String said = "it's {{ lookup('pipe', 'id > " + effect + "') }} $(id > " + effect + ") `x` \"ü\" \\ !!";
        var workplace = project.workplace();
        String line = new PasteLine(
                        new Invocations(project.catalog(), workplace, new ChildEnvironment(workplace, Map.of())))
                .of(project.catalog().command("paste"), new Instruction("paste", "paste", Map.of("said", said)));

        Process shell =
                new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(line + "\n" + output).isZero();
        assertThat(Files.readString(home.resolve("kept"))).isEqualTo(said);
        assertThat(effect).doesNotExist();
        assertThat(line).doesNotContain(Project.SECRET);
    }
}
