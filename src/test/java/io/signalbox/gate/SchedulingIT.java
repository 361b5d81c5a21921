package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands that wait for a time. It is noon. */
class SchedulingIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final Instant TWO = Clocked.NOON.plus(Duration.ofHours(2));

    SchedulingIT() {
        super(REDIS);
    }

    private CommandId scheduled(String environment) {
        CommandId id = gate.sayFor(TWO, ANNA, "backend.deploy", "environment", environment, "ref", "main");
        assertThat(gate.until(id, Kind.SCHEDULED, Kind.REFUSED).state()).isEqualTo(Kind.SCHEDULED);
        return id;
    }

    /** Long enough for a sweep, which must not have done anything. */
    private void staysScheduled(CommandId id) {
        gate.answer(gate.say(ANNA, "who-am-i"));
        GateRig.await(gate.sweeps());
        assertThat(gate.story(id).state()).isEqualTo(Kind.SCHEDULED);
    }

    @Test
    void itBeginsWhenItsTimeHasComeAndNotBefore() {
        CommandId id = scheduled("staging");
        assertThat(Schedules.due(gate.story(id))).contains(TWO);
        gate.clock.pass(Duration.ofMinutes(119));
        staysScheduled(id);
        gate.clock.pass(Duration.ofMinutes(1));
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/staging");
    }

    @Test
    void itSurvivesTheBotAndBeginsOnce() {
        CommandId id = scheduled("staging");
        gate.die();
        gate.clock.pass(Duration.ofHours(2).plus(Story.TIMELY));
        gate.deploy(Duration.ZERO);
        gate.admitted(id);
        gate.die();
        gate.deploy(Duration.ZERO);
        GateRig.await(gate.sweeps());
        assertThat(gate.story(id).events().stream().filter(event -> event.kind() == Kind.ADMITTED))
                .hasSize(1);
    }

    @Test
    void whatWasDueWhileTheBotWasAwayIsNotDoneAndSaid() {
        CommandId id = scheduled("staging");
        gate.die();
        gate.clock.pass(Duration.ofHours(3));
        gate.deploy(Duration.ZERO);
        Event.Refused refused = gate.refused(id);
        assertThat(refused.code()).isEqualTo("missed");
        assertThat(refused.reason())
                .isEqualTo("This was due at 2026-11-21 14:00 UTC and the bot was away; nothing was done.");
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();
    }

    @Test
    void whoMayNotSayItNowMayNotScheduleItEither() {
        Event.Refused refused =
                gate.refused(gate.sayFor(TWO, GUEST, "backend.deploy", "environment", "staging", "ref", "main"));
        assertThat(refused.code()).isEqualTo("role");
        gate.auditCloses("Kafka is away");
        assertThat(gate.refused(gate.sayFor(TWO, ANNA, "backend.deploy", "environment", "staging", "ref", "main"))
                        .code())
                .isEqualTo("audit");
    }

    @Test
    void whoLosesTheRoleMeanwhileIsRefusedWhenTheTimeHasCome() {
        CommandId id = scheduled("staging");
        gate.answer(gate.say(OLGA, "revoke", "person", ANNA, "role", "deployer"));
        gate.clock.pass(Duration.ofHours(2));
        assertThat(gate.refused(id).code()).isEqualTo("role");
    }

    @Test
    void aLockThatIsHeldWhenTheTimeHasComeRefusesAsItAlwaysDoes() {
        CommandId id = scheduled("staging");
        gate.admitted(gate.deploy(BERT, "staging"));
        gate.clock.pass(Duration.ofHours(2));
        assertThat(gate.refused(id).code()).isEqualTo("lock");
    }

    @Test
    void approvalIsAskedForWhenTheTimeHasCome() {
        CommandId id = scheduled("production");
        gate.clock.pass(Duration.ofHours(2));
        Event.ApprovalRequested request = gate.approvalRequested(id);
        assertThat(request.deadline()).isEqualTo(TWO.plus(GateRig.APPROVAL_TIME));
        gate.answer(gate.say(CARLA, "approve", "id", id.value()));
        assertThat(gate.admitted(id).plan()).isEqualTo(request.plan());
    }

    @Test
    void whatWasMovedDoesNotBeginAtItsOldTime() {
        CommandId id = scheduled("staging");
        assertThat(gate.answer(gate.say(ANNA, "move", "id", id.value(), "when", "at 16:00")))
                .isEqualTo("Moved: `backend.deploy staging main` (" + id + ") comes at 2026-11-21 16:00 UTC.");
        gate.clock.pass(Duration.ofHours(2));
        staysScheduled(id);
        gate.clock.pass(Duration.ofHours(2));
        gate.admitted(id);
    }

    @Test
    void whatWasMovedInTheMomentInWhichItIsFoundTooLateIsNotRefused() {
        CommandId id = scheduled("staging");
        Story before = gate.story(id);
        gate.answer(gate.say(ANNA, "move", "id", id.value(), "when", "at 16:00"));
        gate.clock.pass(Duration.ofHours(2).plus(Story.TIMELY).plusSeconds(1));
        gate.sweep(before);
        staysScheduled(id);
    }

    @Test
    void othersMoveItOnlyWhereTheyAreAdmins() {
        CommandId id = scheduled("staging");
        assertThat(gate.refused(gate.say(BERT, "move", "id", id.value(), "when", "at 16:00"))
                        .code())
                .isEqualTo("role");
        gate.answer(gate.say(OLGA, "move", "id", id.value(), "when", "in 3h"));
        assertThat(Schedules.due(gate.story(id))).contains(Clocked.NOON.plus(Duration.ofHours(3)));
        assertThat(gate.refused(gate.say(ANNA, "move", "id", id.value(), "when", "soon"))
                        .reason())
                .isEqualTo("'soon' is not a time.");
        assertThat(gate.refused(gate.say(ANNA, "move", "id", id.value(), "when", "in 31 days"))
                        .code())
                .isEqualTo("schedule");
    }

    @Test
    void onlyWhatStartsAProcessCanBeScheduledAndNotTooFarAway() {
        assertThat(gate.refused(gate.sayFor(TWO, ANNA, "who-am-i")).reason())
                .isEqualTo("`who-am-i` is answered at once: only what starts a process can be scheduled.");
        Instant far = Clocked.NOON.plus(Duration.ofDays(31));
        assertThat(gate.refused(gate.sayFor(far, ANNA, "backend.deploy", "environment", "staging", "ref", "main"))
                        .reason())
                .isEqualTo("2026-12-22 12:00 UTC is too far away: commands are scheduled at most 30 days ahead.");
    }

    @Test
    void onePersonSchedulesSoManyAndNoMore() {
        for (int i = 0; i < Schedules.MOST; i++) {
            scheduled("staging");
        }
        Event.Refused refused =
                gate.refused(gate.sayFor(TWO, ANNA, "backend.deploy", "environment", "staging", "ref", "main"));
        assertThat(refused.reason()).isEqualTo("anna has scheduled 20 commands already, which is the most.");
        CommandId other = gate.sayFor(TWO, BERT, "backend.deploy", "environment", "staging", "ref", "main");
        gate.until(other, Kind.SCHEDULED);
    }

    @Test
    void schedulesListsWhatComes() {
        CommandId id = scheduled("staging");
        assertThat(gate.answer(gate.say(GUEST, "schedules")))
                .isEqualTo("2026-11-21 14:00 UTC  `backend.deploy staging main` (" + id + "), anna\n"
                        + "2026-11-22 02:00 UTC  `backend.deploy staging`, again and again as schedule:nightly"
                        + " (0 2 * * *, UTC)");
    }

    @Test
    void aLineOfTheCatalogIsGivenRolesLikeAPerson() {
        assertThat(gate.answer(gate.say(OLGA, "grant", "person", "schedule:nightly", "role", "deployer")))
                .contains("now has the role deployer");
        assertThat(gate.refused(gate.say(OLGA, "grant", "person", "schedule:other", "role", "deployer"))
                        .code())
                .isEqualTo("person");
        assertThat(gate.admitted(gate.deploy("schedule:nightly", "staging")).lock())
                .isEqualTo("backend/staging");
    }
}
