package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.LocalRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnlockIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    UnlockIT() {
        super(REDIS);
    }

    @Test
    void theLockOfARunUnderWayIsNotFreed() {
        CommandId run = gate.deploy(ANNA, "staging");
        gate.admitted(run);
        Event.Refused refused = gate.refused(unlock("backend/staging"));
        assertThat(refused.code()).isEqualTo("running");
        assertThat(refused.reason()).contains("held by " + run, "anna", "not over");
        assertThat(refused.help()).containsExactly("`cancel " + run + "` ends it, and its lock with it.");
        assertThat(REDIS.tell("HGET", "sb:lock:backend/staging", "command")).isEqualTo(run.value());
    }

    @Test
    void aLostRunKeepsItsLockUntilAPersonFreesIt() {
        CommandId lost = gate.deploy(ANNA, "staging");
        gate.admitted(lost);
        gate.finish(lost, Outcome.LOST);
        assertThat(gate.refused(gate.deploy(BERT, "staging")).reason()).contains(lost.value());
        assertThat(gate.answer(gate.say(GUEST, "locks")))
                .isEqualTo("backend/staging is held by " + lost + " (backend.deploy staging main, anna, 12:00 UTC)");
        assertThat(gate.answer(gate.say(BERT, "unlock", "lock", "backend/staging", "reason", "looked, nothing runs")))
                .contains("backend/staging is free again", "ended as lost", "Reason: looked, nothing runs");
        assertThat(gate.answer(gate.say(GUEST, "locks"))).isEqualTo("No lock is held.");
        assertThat(gate.admitted(gate.deploy(BERT, "staging")).lock()).isEqualTo("backend/staging");
    }

    @Test
    void aHolderThatIsForgottenHoldsNothingUp() {
        CommandId lost = gate.deploy(ANNA, "staging");
        gate.admitted(lost);
        gate.finish(lost, Outcome.LOST);
        REDIS.tell("DEL", "sb:command:" + lost, "sb:story:" + lost);
        assertThat(gate.answer(unlock("backend/staging"))).contains("free again", lost.value());
    }

    @Test
    void whatNobodyHoldsIsSaidWithWhatIsHeld() {
        gate.admitted(gate.deploy(ANNA, "staging"));
        Event.Refused refused = gate.refused(unlock("backend/stagin"));
        assertThat(refused.reason()).isEqualTo("backend/stagin is not held by anything.");
        assertThat(refused.help()).containsExactly("Held now: backend/staging.");
    }

    @Test
    void ofTwoWhoFreeALockOneDoes() {
        CommandId lost = gate.deploy(ANNA, "staging");
        gate.admitted(lost);
        gate.finish(lost, Outcome.LOST);
        CommandId one = unlock("backend/staging");
        CommandId other = unlock("backend/staging");
        assertThat(gate.end(one).kind()).isNotEqualTo(gate.end(other).kind());
    }

    private CommandId unlock(String lock) {
        return gate.say(BERT, "unlock", "lock", lock);
    }
}
