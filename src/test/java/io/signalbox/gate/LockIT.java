package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LockIT extends OpenGate {
    private static final String STAGING = "backend/staging";

    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    LockIT() {
        super(REDIS);
    }

    @Test
    void aLockKeepsEverybodyElseOutAndItsKeeperIn() {
        assertThat(gate.answer(lock(ANNA, STAGING, "reason", "migration")))
                .contains("backend/staging is locked by anna (12:00 UTC): migration")
                .contains("until `unlock backend/staging`");
        Event.Refused refused = gate.refused(gate.deploy(BERT, "staging"));
        assertThat(refused.code()).isEqualTo("held");
        assertThat(refused.reason()).contains("locked by anna", "migration");
        assertThat(refused.help()).anyMatch(line -> line.contains("take over backend/staging"));

        CommandId own = gate.deploy(ANNA, "staging");
        gate.admitted(own);
        gate.finish(own, Outcome.SUCCEEDED);
        assertThat(gate.refused(gate.deploy(BERT, "staging")).code()).isEqualTo("held");

        assertThat(gate.answer(unlock(ANNA, STAGING))).contains("is unlocked");
        gate.admitted(gate.deploy(BERT, "staging"));
    }

    @Test
    void theKeepersUnlockLeavesTheLockOfHisRun() {
        gate.answer(lock(ANNA, STAGING));
        CommandId run = gate.deploy(ANNA, "staging");
        gate.admitted(run);
        assertThat(gate.answer(unlock(ANNA, STAGING))).contains("held by " + run, "still");
        assertThat(gate.refused(gate.deploy(BERT, "staging")).code()).isEqualTo("lock");
        assertThat(gate.refused(unlock(ANNA, STAGING)).code()).isEqualTo("running");
    }

    @Test
    void aLockTakenBesideARunOfSomebodyElseHoldsAfterIt() {
        CommandId run = gate.deploy(BERT, "staging");
        gate.admitted(run);
        assertThat(gate.answer(lock(ANNA, STAGING))).contains("held by " + run, "goes on");
        gate.finish(run, Outcome.SUCCEEDED);
        assertThat(gate.refused(gate.deploy(BERT, "staging")).code()).isEqualTo("held");
    }

    @Test
    void aLockEndsAtItsTimeAndItsRoomIsToldOnce() throws Exception {
        CommandId lock = lock(ANNA, STAGING, "time", "2h");
        assertThat(gate.answer(lock)).contains("until 14:00 UTC");
        gate.clock.pass(Duration.ofMinutes(119));
        assertThat(gate.refused(gate.deploy(BERT, "staging")).code()).isEqualTo("held");
        gate.clock.pass(Duration.ofMinutes(1));
        CommandId run = gate.deploy(BERT, "staging");
        gate.admitted(run);
        Eventually.until(
                "the end of the lock is noted",
                Duration.ofSeconds(30),
                () -> STAGING.equals(gate.story(lock).marks().get("lapsed")));
        assertThat(REDIS.tell("ZSCORE", "sb:untold", lock.value())).isNotEmpty();
        assertThat(REDIS.tell("EXISTS", "sb:hold:" + STAGING)).isEqualTo("0");
    }

    @Test
    void itsEndIsMovedByItsKeeperOnly() {
        gate.answer(lock(ANNA, STAGING, "time", "1h"));
        assertThat(gate.refused(extend(BERT)).help()).contains("Only anna can extend it.");
        assertThat(gate.answer(extend(ANNA))).contains("until 15:00 UTC");
        gate.clock.pass(Duration.ofHours(2));
        assertThat(gate.refused(gate.deploy(BERT, "staging")).code()).isEqualTo("held");
        gate.clock.pass(Duration.ofHours(1));
        assertThat(gate.refused(extend(ANNA)).reason()).contains("locked by nobody");
        gate.answer(lock(ANNA, STAGING));
        assertThat(gate.refused(extend(ANNA)).reason()).contains("no end to move");
    }

    @Test
    void aLockThatNoCommandTakesIsNotTaken() {
        Event.Refused refused = gate.refused(lock(ANNA, "backend/stagin"));
        assertThat(refused.reason()).isEqualTo("There is no lock 'backend/stagin'; did you mean 'backend/staging'?");
        assertThat(refused.help())
                .containsExactly("There are backend/production, backend/shop, backend/staging, backend/testing.");
        assertThat(gate.refused(gate.say(ANNA, "lock")).reason()).isEqualTo("Which lock?");
        assertThat(gate.answer(lock(ANNA, "Staging"))).contains("backend/staging is locked by anna");
    }

    @Test
    void ofTwoWhoLockAtOnceExactlyOneDoes() {
        CommandId one = lock(ANNA, STAGING);
        CommandId other = lock(BERT, STAGING);
        assertThat(gate.end(one).kind()).isNotEqualTo(gate.end(other).kind());
        assertThat(gate.refused(lock(CARLA, STAGING)).code()).isEqualTo("held");
    }

    @Test
    void aRestartKeepsLocks() {
        gate.answer(lock(ANNA, STAGING, "time", "1h", "reason", "migration"));
        gate.die();
        gate.deploy(Duration.ZERO);
        assertThat(gate.answer(gate.say(GUEST, "locks")))
                .isEqualTo("backend/staging is locked by anna (12:00 UTC, until 13:00 UTC): migration");
        assertThat(gate.refused(gate.deploy(BERT, "staging")).code()).isEqualTo("held");
    }

    @Test
    void whatIsApprovedMeetsALockTakenMeanwhile() {
        CommandId run = gate.deploy(BERT, "production");
        gate.approvalRequested(run);
        gate.answer(lock(ANNA, "backend/production"));
        gate.answer(gate.say(CARLA, "approve", "id", run.value()));
        assertThat(gate.refused(run).code()).isEqualTo("held");
    }

    private CommandId lock(String person, String lock, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "lock";
        arguments[1] = lock;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return gate.say(person, "lock", arguments);
    }

    private CommandId unlock(String person, String lock) {
        return gate.say(person, "unlock", "lock", lock);
    }

    private CommandId extend(String person) {
        return gate.say(person, "extend", "lock", STAGING, "time", "2h");
    }
}
