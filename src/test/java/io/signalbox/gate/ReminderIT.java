package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReminderIT extends OpenGate {
    private static final Duration BEFORE = GateRig.APPROVAL_TIME.minusMinutes(1);

    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    ReminderIT() {
        super(REDIS);
    }

    @Test
    void thoseWhoWereAskedAreRemindedAMinuteBeforeTheEndAndOnce() {
        CommandId id = waiting();
        gate.clock.pass(BEFORE.minusMillis(1));
        gate.sweep(gate.story(id));
        assertThat(gate.story(id).marks()).doesNotContainKey("reminded");

        Story unreminded = gate.story(id);
        gate.clock.pass(Duration.ofMillis(1));
        gate.sweep(unreminded);
        String reminded = gate.story(id).marks().getOrDefault("reminded", "never");
        assertThat(reminded).isEqualTo(String.valueOf(Clocked.NOON.plus(BEFORE).toEpochMilli()));

        gate.clock.pass(Duration.ofSeconds(5));
        gate.sweep(unreminded);
        assertThat(gate.story(id).marks()).containsEntry("reminded", reminded);
    }

    /** What is told up to the request for approval must not swallow it. */
    @Test
    void theReminderIsNewsAfterTheRequestAndBeforeWhatFollows() {
        CommandId id = waiting();
        Story before = gate.story(id);
        gate.clock.pass(BEFORE);
        gate.sweep(before);
        assertThat(gate.story(id).news()).isEqualTo(before.news() + 0.5);
        assertThat(REDIS.tell("ZSCORE", "sb:untold", id.value())).isEqualTo(before.sequence() + ".5");
        gate.answer(gate.say(CARLA, "deny", "id", id.value()));
        assertThat(gate.story(id).news()).isEqualTo((double) gate.story(id).sequence());
    }

    @Test
    void aRestartRemindsNobodyAgain() {
        CommandId id = waiting();
        Story unreminded = gate.story(id);
        gate.clock.pass(BEFORE);
        gate.sweep(unreminded);
        String reminded = gate.story(id).marks().getOrDefault("reminded", "never");
        gate.die();
        gate.clock.pass(Duration.ofSeconds(5));
        gate.deploy(Duration.ZERO);
        gate.sweep(unreminded);
        assertThat(gate.story(id).marks()).containsEntry("reminded", reminded);
    }

    @Test
    void theSweepOfAGateRemindsByItself() {
        CommandId id = waiting();
        gate.clock.pass(BEFORE);
        gate.untilMarked(id, "reminded");
        gate.answer(gate.say(CARLA, "approve", "id", id.value()));
        gate.admitted(id);
    }

    @Test
    void afterTheDecisionNobodyIsReminded() {
        CommandId id = waiting();
        Story unreminded = gate.story(id);
        gate.answer(gate.say(CARLA, "approve", "id", id.value()));
        gate.admitted(id);
        gate.clock.pass(BEFORE);
        gate.sweep(unreminded);
        assertThat(gate.story(id).marks()).doesNotContainKey("reminded");
    }

    @Test
    void afterTheDeadlineNobodyIsReminded() {
        CommandId id = waiting();
        Story unreminded = gate.story(id);
        gate.clock.pass(GateRig.APPROVAL_TIME.plusMillis(1));
        gate.sweep(unreminded);
        assertThat(gate.end(id)).isInstanceOf(Event.Expired.class);
        assertThat(gate.story(id).marks()).doesNotContainKey("reminded");
    }

    private CommandId waiting() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        return id;
    }
}
