package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TakeOverIT extends OpenGate {
    private static final String STAGING = "backend/staging";

    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    TakeOverIT() {
        super(REDIS);
    }

    @Test
    void theLockChangesHandsWhenItsKeeperAgrees() {
        lock();
        CommandId takeOver = takeOver(BERT);
        Event.ApprovalRequested request = gate.approvalRequested(takeOver);
        assertThat(request.plan().summary())
                .containsExactly("backend/staging is locked by anna (12:00 UTC): migration");
        assertThat(request.asked()).containsExactlyInAnyOrder(ANNA, CARLA);
        assertThat(gate.refused(gate.deploy(BERT, "staging")).code()).isEqualTo("held");
        gate.answer(approve(ANNA, takeOver));
        assertThat(gate.answer(takeOver))
                .isEqualTo("Taken over from anna: backend/staging is locked by bert (12:00 UTC): migration.");
        gate.admitted(gate.deploy(BERT, "staging"));
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).code()).isEqualTo("lock");
    }

    @Test
    void anotherDeployerMayAgreeAndWhoeverAsksMayNot() {
        lock();
        CommandId takeOver = takeOver(BERT);
        gate.approvalRequested(takeOver);
        assertThat(gate.refused(approve(BERT, takeOver)).code()).isEqualTo("own");
        assertThat(gate.refused(approve(GUEST, takeOver)).code()).isEqualTo("approver");
        gate.answer(approve(CARLA, takeOver));
        assertThat(gate.answer(takeOver)).contains("locked by bert");
    }

    @Test
    void nobodyUnlocksWhatSomebodyElseKeeps() {
        lock();
        Event.Refused refused = gate.refused(gate.say(BERT, "unlock", "lock", STAGING));
        assertThat(refused.code()).isEqualTo("held");
        assertThat(refused.help()).anyMatch(line -> line.contains("`take over backend/staging`"));
        assertThat(REDIS.tell("HGET", "sb:hold:" + STAGING, "person")).isEqualTo(ANNA);
    }

    @Test
    void whatWasUnlockedMeanwhileIsNotTakenOver() {
        lock();
        CommandId takeOver = takeOver(BERT);
        gate.approvalRequested(takeOver);
        gate.answer(gate.say(ANNA, "unlock", "lock", STAGING));
        gate.answer(gate.say(CARLA, "lock", "lock", STAGING));
        gate.answer(approve(ANNA, takeOver));
        Event end = gate.end(takeOver);
        assertThat(end).isInstanceOf(Event.Voided.class);
        assertThat(REDIS.tell("HGET", "sb:hold:" + STAGING, "person")).isEqualTo(CARLA);
    }

    @Test
    void whatNobodyAgreesToInTimeExpiresAndARestartKeepsTheQuestion() {
        lock();
        CommandId takeOver = takeOver(BERT);
        gate.approvalRequested(takeOver);
        gate.die();
        gate.deploy(Duration.ZERO);
        gate.clock.pass(GateRig.APPROVAL_TIME.plusSeconds(1));
        assertThat(gate.end(takeOver)).isInstanceOf(Event.Expired.class);
        assertThat(REDIS.tell("HGET", "sb:hold:" + STAGING, "person")).isEqualTo(ANNA);
    }

    @Test
    void thereIsNothingToTakeOverWhereNobodyKeepsIt() {
        assertThat(gate.refused(takeOver(BERT)).reason()).isEqualTo("backend/staging is locked by nobody.");
        lock();
        assertThat(gate.refused(takeOver(ANNA)).reason()).contains("which is you");
    }

    private void lock() {
        gate.answer(gate.say(ANNA, "lock", "lock", STAGING, "reason", "migration"));
    }

    private CommandId takeOver(String person) {
        return gate.say(person, "take-over", "lock", STAGING);
    }
}
