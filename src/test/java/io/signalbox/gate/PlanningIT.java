package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Plan;
import io.signalbox.fixture.LocalRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plans made with the real Ansible. */
class PlanningIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    PlanningIT() {
        super(REDIS);
    }

    @Test
    void thePlaybooksFactsArePinnedAndShown() throws Exception {
        Plan plan = Objects.requireNonNull(gate.admitted(swap("staging")).plan());
        assertThat(plan.facts())
                .isEqualTo("{\"swap\":{\"in\":[{\"id\":\"i-2\",\"version\":\"1.1\"}],\"refused\":null}}");
        assertThat(plan.summary()).contains("in: i-2 (1.1)");
        try (Stream<Path> left = Files.list(gate.project.folder.resolve("state/plans"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void thePlanShowsTheCommitsBetweenLiveAndNew() {
        String live = gate.project.push("live now");
        gate.project.push("a feature");
        String next = gate.project.push("a fix");
        gate.project.world("{\"swap\": {\"in\": [], \"from\": {\"commit\": \"%s\"}, \"to\": {\"commit\": \"%s\"}}}"
                .formatted(live, next));
        Plan plan = Objects.requireNonNull(gate.admitted(swap("staging")).plan());
        List<String> lines = plan.summary();
        assertThat(lines.get(0)).startsWith("new since " + live.substring(0, 8));
        assertThat(lines.subList(1, lines.size()))
                .satisfiesExactly(
                        line -> assertThat(line).contains("a fix"),
                        line -> assertThat(line).contains("a feature"));
    }

    @Test
    void whatWouldGoTheOtherWayIsShownAsTakenBackAndOfManyTheNewestTen() {
        String older = gate.project.push("older");
        for (int change = 1; change <= 11; change++) {
            gate.project.push("change " + change);
        }
        String live = gate.project.push("live now");
        gate.project.world("{\"swap\": {\"in\": [], \"from\": {\"commit\": \"%s\"}, \"to\": {\"commit\": \"%s\"}}}"
                .formatted(live, older));
        Plan plan = Objects.requireNonNull(gate.admitted(swap("staging")).plan());
        List<String> lines = plan.summary();
        assertThat(lines)
                .hasSize(12)
                .startsWith("taken back from what is live:")
                .endsWith("  and more");
        assertThat(lines.get(1)).contains("live now");
    }

    @Test
    void factsThatChangedMakeTheApprovalVoid() {
        CommandId id = swap("production");
        gate.approvalRequested(id);
        gate.project.world("{\"swap\": {\"in\": [{\"id\": \"i-3\", \"version\": \"1.2\"}], \"refused\": null}}");
        gate.answer(gate.say(CARLA, "approve", "id", id.value()));
        assertThat(((Event.Voided) gate.end(id)).reason()).contains("i-2", "is now", "i-3");
    }

    @Test
    void whatCanNoLongerBePlannedMakesTheApprovalVoid() {
        CommandId id = swap("production");
        gate.approvalRequested(id);
        gate.project.world("{\"swap\": {\"refused\": \"nothing waits to go live in production\"}}");
        gate.answer(gate.say(CARLA, "approve", "id", id.value()));
        assertThat(((Event.Voided) gate.end(id)).reason())
                .containsIgnoringCase("nothing waits to go live in production");
    }

    @Test
    void whatThePlaybookWouldRefuseIsRefusedBeforeAnybodyIsAsked() {
        gate.project.world("{\"swap\": {\"refused\": \"nothing waits to go live in production\"}}");
        Event.Refused refused = gate.refused(swap("production"));
        assertThat(refused.code()).isEqualTo("plan");
        assertThat(refused.reason()).isEqualTo("Nothing waits to go live in production.");
    }

    @Test
    void aPlaybookThatFailsRefusesWithItsReasonAndWithoutSecrets() {
        gate.project.world("{\"broken\": \"AWS does not answer to very-secret-value\"}");
        Event.Refused refused = gate.refused(swap("staging"));
        assertThat(refused.code()).isEqualTo("plan");
        assertThat(refused.reason()).contains("AWS does not answer", "Check that it can be done");
        assertThat(refused.toString()).doesNotContain("very-secret-value");
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();
    }

    @Test
    void aPlaybookThatCannotEvenBeReadRefusesWithItsLastLines() {
        gate.project.write("playbooks/status.yml", "- hosts: [unclosed\n");
        Event.Refused refused = gate.refused(swap("staging"));
        assertThat(refused.reason()).contains("exit status");
        assertThat(refused.help().toString()).contains("status.yml");
    }

    @Test
    void aPlaybookThatWritesNoFactsRefuses() {
        gate.project.write("playbooks/status.yml", "- hosts: localhost\n  gather_facts: false\n  tasks: []\n");
        assertThat(gate.refused(swap("staging")).reason()).isEqualTo("The planning playbook wrote no facts.");
    }

    @Test
    void factsThatTheAuditLogCouldNotTakeAreRefused() {
        gate.project.world("{\"swap\": {\"note\": \"" + "x".repeat(256 * 1024) + "\"}}");
        assertThat(gate.refused(swap("staging")).reason()).contains("bytes of facts", "262144 at most");
    }

    @Test
    void manyPlansAreAllMadeInTheEnd() {
        List<CommandId> ids = Stream.of("a", "b", "c", "d", "e")
                .map(environment -> gate.deploy(ANNA, environment))
                .toList();
        assertThat(ids.stream().map(id -> gate.admitted(id).lock()))
                .containsExactly("backend/a", "backend/b", "backend/c", "backend/d", "backend/e");
    }

    @Test
    void whatWasApprovedDoesNotQueueBehindWhatWasAskedForSince() {
        CommandId approved = gate.deploy(ANNA, "production");
        gate.approvalRequested(approved);
        gate.project.worldWaits();
        List<CommandId> slow = List.of(swap("a"), swap("b"), swap("c"));
        gate.answer(gate.say(CARLA, "approve", "id", approved.value()));
        assertThat(gate.admitted(approved).lock()).isEqualTo("backend/production");
        assertThat(slow).allSatisfy(id -> assertThat(gate.story(id).state()).isEqualTo(Kind.UNDERSTOOD));
    }

    private CommandId swap(String environment) {
        return gate.say(ANNA, "backend.swap", "environment", environment);
    }
}
