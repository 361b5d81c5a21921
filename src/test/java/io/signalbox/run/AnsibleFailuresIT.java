package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Event;
import io.signalbox.bus.Failure;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.LocalRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of a real playbook that failed. */
class AnsibleFailuresIT extends RecordedRuns {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    AnsibleFailuresIT(@TempDir Path home) throws IOException {
        super(REDIS, home);
    }

    @Test
    void aFailureNamesTaskAndHostsAndShowsNoSecret() throws Exception {
        project.playbook("bad", Map.of(), """
                - name: Only
                  hosts: all
                  gather_facts: false
                  tasks:
                    - name: Ask the database
                      ansible.builtin.fail: {msg: "no answer, password was {{ lookup('env', 'DATABASE_PASSWORD') }}"}
                """);
        try (Bot bot = new Bot(REDIS, project)) {
            Event.Finished end = bot.awaitEnd(bot.admit("bad", Map.of()));

            assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(end.exitCode()).isEqualTo(2);
            assertThat(end.reason()).isEqualTo("a task failed");
            Failure failure = Objects.requireNonNull(end.failure());
            assertThat(failure.task()).isEqualTo("Ask the database");
            assertThat(failure.hosts()).containsExactlyInAnyOrder("web1", "web2");
            assertThat(failure.lines()).contains("web1: no answer, password was (secret)");
            assertThat(end.toString()).doesNotContain(Project.SECRET);
        }
    }

    @Test
    void aFailureThatWasRescuedLaterDoesNotHideTheOneThatWasNot() throws Exception {
        project.playbook("rescued", Map.of(), """
                - name: Only
                  hosts: all
                  gather_facts: false
                  tasks:
                    - name: Copy it
                      ansible.builtin.fail: {msg: the disk is full}
                      when: inventory_hostname == 'web1'
                    - name: Watch it
                      block:
                        - name: Look
                          ansible.builtin.fail: {msg: not yet}
                      rescue:
                        - name: Look again
                          ansible.builtin.debug: {msg: all is well}
                """);
        try (Bot bot = new Bot(REDIS, project)) {
            Failure failure = Objects.requireNonNull(
                    bot.awaitEnd(bot.admit("rescued", Map.of())).failure());
            assertThat(failure.task()).isEqualTo("Copy it");
            assertThat(failure.hosts()).containsExactly("web1");
            assertThat(failure.lines()).containsExactly("the disk is full");
        }
    }

    @Test
    void aRescueThatTellsTheCauseItselfIsWhatIsTold() throws Exception {
        project.playbook("rescue", Map.of(), """
                - name: Only
                  hosts: web1
                  gather_facts: false
                  tasks:
                    - name: Swap
                      block:
                        - name: Look
                          ansible.builtin.fail: {msg: no answer}
                      rescue:
                        - name: Tell the cause
                          ansible.builtin.fail: {msg: "taken back, since there was {{ ansible_failed_result.msg }}"}
                """);
        try (Bot bot = new Bot(REDIS, project)) {
            Failure failure = Objects.requireNonNull(
                    bot.awaitEnd(bot.admit("rescue", Map.of())).failure());
            assertThat(failure.task()).isEqualTo("Tell the cause");
            assertThat(failure.lines()).containsExactly("taken back, since there was no answer");
        }
    }
}
