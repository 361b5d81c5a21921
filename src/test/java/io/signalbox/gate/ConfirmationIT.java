package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Plan;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ways in which asking another person before acting has gone wrong in other bots. */
class ConfirmationIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    ConfirmationIT() {
        super(REDIS);
    }

    @Test
    void aSecondRequestInTheRoomNeitherReplacesTheFirstNorTakesItsTime() {
        CommandId first = gate.deploy(ANNA, "production");
        gate.approvalRequested(first);
        gate.clock.pass(GateRig.APPROVAL_TIME.minusSeconds(1));
        CommandId second = gate.deploy(ANNA, "production");
        assertThat(gate.approvalRequested(second).deadline())
                .isEqualTo(gate.clock.instant().plus(GateRig.APPROVAL_TIME));
        gate.clock.pass(Duration.ofSeconds(2));
        assertThat(gate.end(first)).isInstanceOf(Event.Expired.class);
        assertThat(gate.story(second).state()).isEqualTo(Kind.APPROVAL_REQUESTED);
        gate.answer(gate.say(CARLA, "approve", "id", second.value()));
        gate.admitted(second);
    }

    @Test
    void whoHasLostTheRoleIsToldThatAlsoWhereTheLockIsHeld() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        gate.admitted(gate.say(BERT, "backend.rollback", "environment", "production", "ref", "main"));
        gate.answer(gate.say(OLGA, "revoke", "person", ANNA, "role", "deployer"));
        gate.answer(gate.say(CARLA, "approve", "id", id.value()));
        assertThat(gate.refused(id).code()).isEqualTo("role");
    }

    @Test
    void whereNobodyKnowsAnyRoleNothingRuns() {
        gate.die();
        REDIS.tell("FLUSHALL");
        gate.withoutFirstRoles().open();
        Event.Refused refused = gate.refused(gate.deploy(ANNA, "staging"));
        assertThat(refused.code()).isEqualTo("role");
        assertThat(refused.help()).contains("Nobody is deployer yet.");
        assertThat(gate.refused(gate.say(ANNA, "grant", "person", "play:anna", "role", "admin"))
                        .code())
                .isEqualTo("role");
    }

    @Test
    void theRoleIsCheckedBeforeAnybodyIsAskedAndAYesIsForOneCommandOnly() {
        CommandId without = gate.deploy(GUEST, "production");
        gate.refused(without);
        assertThat(gate.story(without).last(Event.ApprovalRequested.class)).isEmpty();

        CommandId older = gate.deploy(ANNA, "production");
        gate.approvalRequested(older);
        CommandId newer = gate.deploy(ANNA, "production");
        gate.approvalRequested(newer);
        gate.answer(gate.say(CARLA, "approve", "id", older.value()));
        gate.admitted(older);
        assertThat(gate.story(newer).state()).isEqualTo(Kind.APPROVAL_REQUESTED);
    }

    @Test
    void withoutAnAuditLogNothingRunsAndWhatWaitsSurvivesTheProcess() {
        CommandId waits = gate.deploy(ANNA, "production");
        gate.approvalRequested(waits);
        gate.die();
        REDIS.tell("DEL", "sb:audit:status");
        gate.deploy(Duration.ZERO);
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).code()).isEqualTo("audit");
        assertThat(gate.refused(gate.say(CARLA, "approve", "id", waits.value())).code())
                .isEqualTo("audit");
        gate.auditOpens();
        gate.answer(gate.say(CARLA, "approve", "id", waits.value()));
        gate.admitted(waits);
    }

    @Test
    void whatIsHashedIsTheFolderThatRuns() {
        Set<String> contents = new HashSet<>();
        contents.add(content("e0"));
        int round = 1;
        for (String file : List.of(
                "playbooks/status.yml",
                "roles/one/tasks/main.yml",
                "inventory/staging/hosts.yml",
                "commands/backend.yml",
                "ansible.cfg",
                "callback_plugins/signalbox_events.py")) {
            gate.project.write(file, "# changed\n");
            // The next bot has read the catalog that lies there now.
            gate.die();
            gate.deploy(Duration.ZERO);
            assertThat(contents.add(content("e" + round++))).as(file).isTrue();
        }
    }

    private String content(String environment) {
        Plan plan = gate.admitted(gate.deploy(ANNA, environment)).plan();
        return Objects.requireNonNull(plan).content();
    }
}
