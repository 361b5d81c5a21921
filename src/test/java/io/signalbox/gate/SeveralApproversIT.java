package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralApproversIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    SeveralApproversIT() {
        super(REDIS);
    }

    @Test
    void itBeginsWhenTwoDifferentPersonsHaveAgreed() {
        CommandId id = waiting();
        assertThat(gate.approvalRequested(id).needed()).isEqualTo(2);

        assertThat(gate.answer(approve(BERT, id)))
                .startsWith("Your yes to " + id)
                .contains("2 have to agree");
        assertThat(gate.story(id).state()).isEqualTo(Kind.APPROVAL_GIVEN);
        assertThat(gate.story(id).marks()).containsEntry("awaited", "carla");
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();

        assertThat(gate.answer(approve(CARLA, id))).startsWith("Approved: " + id);
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/production");
        assertThat(yeses(id)).containsExactly(BERT, CARLA);
        assertThat(REDIS.tell("EXISTS", "sb:gate:approval:" + id)).isEqualTo("0");
    }

    @Test
    void thePersonWhoAgreedAlreadyIsNoSecondOne() {
        CommandId id = waiting();
        gate.answer(approve(BERT, id));
        Event.Refused refused = gate.refused(approve(BERT, id));
        assertThat(refused.code()).isEqualTo("twice");
        assertThat(refused.reason())
                .isEqualTo("bert has approved " + id + " already: 2 different persons have to agree.");
        assertThat(refused.help()).containsExactly("It still needs one of: carla.");
        assertThat(gate.refused(approve(ANNA, id)).code()).isEqualTo("own");
        assertThat(yeses(id)).containsExactly(BERT);
    }

    @Test
    void ofManyAtOnceTwoCount() {
        gate.answer(gate.say(OLGA, "grant", "person", GUEST, "role", "deployer"));
        gate.clock.pass(Duration.ofSeconds(1));
        CommandId id = waiting();
        List<CommandId> all = List.of(
                approve(BERT, id), approve(BERT, id), approve(CARLA, id), approve(GUEST, id), approve(CARLA, id));
        gate.admitted(id);
        assertThat(all.stream().map(gate::end).filter(Event.Answered.class::isInstance))
                .hasSize(2);
        assertThat(yeses(id)).hasSize(2).doesNotHaveDuplicates();
        assertThat(gate.refused(approve(CARLA, id)).reason()).contains("it was approved by", " and ");
    }

    @ParameterizedTest
    @ValueSource(strings = {BERT, CARLA})
    void eachOfThemMustStillHaveTheRoleWhenItIsAdmitted(String loser) {
        CommandId id = waiting();
        String digest = gate.approvalRequested(id).plan().digest();
        gate.die();
        for (Person person : List.of(new Person(BERT, "bert"), new Person(CARLA, "carla"))) {
            gate.commit(
                    new Event.ApprovalGiven(id, gate.clock.instant(), person, digest),
                    Approvals.give(id, person, "", ""));
        }
        REDIS.tell("HDEL", "sb:gate:role:deployer", loser);
        gate.deploy(Duration.ZERO);
        assertThat(gate.refused(id).reason())
                .isEqualTo(loser.substring(5) + " approved this and has lost the role for it since.");
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();
    }

    @Test
    void aRoleThatCameAfterTheRequestIsNoSecondYes() {
        CommandId id = waiting();
        gate.answer(approve(BERT, id));
        gate.clock.pass(Duration.ofSeconds(10));
        gate.answer(gate.say(OLGA, "grant", "person", GUEST, "role", "deployer"));
        assertThat(gate.refused(approve(GUEST, id)).code()).isEqualTo("approver");
        assertThat(yeses(id)).containsExactly(BERT);
    }

    @Test
    void oneYesOfTwoIsNotEnoughWhenTheTimeIsOver() {
        CommandId id = waiting();
        gate.answer(approve(BERT, id));
        gate.clock.pass(GateRig.APPROVAL_TIME.plusMillis(1));
        assertThat(gate.end(id)).isInstanceOf(Event.Expired.class);
        assertThat(gate.refused(approve(CARLA, id)).reason()).contains("only bert approved it in time");
    }

    @Test
    void aYesOutlivesTheBot() {
        CommandId id = waiting();
        gate.answer(approve(BERT, id));
        gate.die();
        gate.deploy(Duration.ZERO);
        assertThat(gate.refused(approve(BERT, id)).code()).isEqualTo("twice");
        gate.answer(approve(CARLA, id));
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/production");
    }

    @Test
    void whoeverMayAgreeMayStillDeny() {
        CommandId id = waiting();
        gate.answer(approve(BERT, id));
        gate.answer(gate.say(BERT, "deny", "id", id.value(), "reason", "I looked again"));
        assertThat(gate.end(id)).isInstanceOf(Event.Denied.class);
        assertThat(gate.refused(approve(CARLA, id)).reason()).contains("it was denied");
    }

    @Test
    void whatTooFewCouldApproveIsRefusedAtOnce() {
        gate.answer(gate.say(OLGA, "revoke", "person", BERT, "role", "deployer"));
        Event.Refused refused = gate.refused(gate.say(ANNA, "backend.wipe", "environment", "production"));
        assertThat(refused.code()).isEqualTo("approval");
        assertThat(refused.reason())
                .isEqualTo("This needs 2 others with the role deployer to approve it, and only carla can.");
        assertThat(refused.help().toString()).contains("olga can say", "has deployer role");
    }

    private CommandId waiting() {
        CommandId id = gate.say(ANNA, "backend.wipe", "environment", "production");
        gate.approvalRequested(id);
        return id;
    }

    private List<String> yeses(CommandId id) {
        return gate.story(id).approvals().stream().map(given -> given.by().id()).toList();
    }
}
