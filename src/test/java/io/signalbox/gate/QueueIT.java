package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    QueueIT() {
        super(REDIS);
    }

    @Test
    void twoWhoWaitGoInTheOrderInWhichTheyCame() {
        CommandId run = running(ANNA);
        CommandId first = waiting(BERT);
        assertThat(gate.queued(first).place()).isEqualTo(1);
        CommandId second = waiting(CARLA);
        assertThat(gate.queued(second).place()).isEqualTo(2);
        assertThat(gate.answer(gate.say(GUEST, "locks")).lines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("waiting for backend/staging, place 2: " + second);
        gate.finish(run, Outcome.SUCCEEDED);
        gate.admitted(first);
        gate.untilAtPlace(second, 1);
        assertThat(gate.story(second).state()).isEqualTo(Kind.QUEUED);
        gate.finish(first, Outcome.FAILED);
        gate.admitted(second);
    }

    @Test
    void thoseWhoComeAtOnceAreToldDifferentPlaces() {
        running(ANNA);
        List<CommandId> together = IntStream.range(0, 8)
                .mapToObj(number -> gate.sayWaiting(BERT, "backend.swap", "environment", "staging"))
                .toList();
        assertThat(together)
                .extracting(each -> gate.queued(each).place())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 8).boxed().toList());
    }

    @Test
    void whoeverDoesNotWaitIsRefusedWhileSomebodyIsNext() {
        CommandId run = running(ANNA);
        CommandId next = gate.sayWaiting(BERT, "backend.swap", "environment", "staging");
        gate.queued(next);
        gate.project.worldWaits();
        gate.finish(run, Outcome.SUCCEEDED);
        Event.Refused refused = gate.refused(gate.deploy(CARLA, "staging"));
        assertThat(refused.code()).isEqualTo("queue");
        assertThat(refused.reason()).contains(next.value(), "bert", "is next");
        CommandId behind = waiting(CARLA);
        assertThat(gate.queued(behind).place()).isEqualTo(2);
    }

    @Test
    void aRestartKeepsTheQueueAndItsOrder() {
        CommandId run = running(ANNA);
        CommandId first = waiting(BERT);
        gate.queued(first);
        CommandId second = waiting(CARLA);
        gate.queued(second);
        gate.die();
        gate.finish(run, Outcome.SUCCEEDED);
        gate.deploy(Duration.ZERO);
        gate.admitted(first);
        assertThat(gate.story(second).state()).isEqualTo(Kind.QUEUED);
    }

    @Test
    void whoeverIsWithdrawnHoldsNobodyUp() {
        CommandId run = running(ANNA);
        CommandId first = waiting(BERT);
        gate.queued(first);
        CommandId second = waiting(CARLA);
        gate.queued(second);
        gate.commit(new Event.Withdrawn(first, gate.clock.instant(), new Person(BERT, "bert")));
        gate.untilAtPlace(second, 1);
        gate.finish(run, Outcome.SUCCEEDED);
        gate.admitted(second);
    }

    @Test
    void whoeverHasWaitedForTooLongIsGivenUp() {
        running(ANNA);
        CommandId waiting = waiting(BERT);
        assertThat(gate.queued(waiting).until()).isEqualTo(Clocked.NOON.plus(GateRig.QUEUE_TIME));
        gate.clock.pass(GateRig.QUEUE_TIME.plusSeconds(1));
        assertThat(gate.end(waiting)).isInstanceOf(Event.Expired.class);
    }

    @Test
    void whoeverHasLostTheRoleIsRefusedWhenTheTurnComesAndTheNextGoes() {
        CommandId run = running(ANNA);
        CommandId first = waiting(BERT);
        gate.queued(first);
        CommandId second = waiting(CARLA);
        gate.queued(second);
        gate.answer(gate.say(OLGA, "revoke", "person", BERT, "role", "deployer"));
        gate.finish(run, Outcome.SUCCEEDED);
        assertThat(gate.refused(first).code()).isEqualTo("role");
        gate.admitted(second);
    }

    @Test
    void aLostRunIsWaitedForUntilItsLockIsFreedByHand() {
        CommandId run = running(ANNA);
        CommandId waiting = waiting(BERT);
        gate.queued(waiting);
        gate.finish(run, Outcome.LOST);
        gate.answer(gate.say(CARLA, "unlock", "lock", "backend/staging"));
        gate.admitted(waiting);
    }

    @Test
    void theKeeperOfALockGoesBeforeThoseWhoWaitForHim() {
        gate.answer(gate.say(ANNA, "lock", "lock", "backend/staging"));
        CommandId waiting = waiting(BERT);
        gate.queued(waiting);
        CommandId own = running(ANNA);
        gate.finish(own, Outcome.SUCCEEDED);
        assertThat(gate.story(waiting).state()).isEqualTo(Kind.QUEUED);
        gate.answer(gate.say(ANNA, "unlock", "lock", "backend/staging"));
        gate.admitted(waiting);
    }

    /** At night the one who is there takes the version back, whoever waits to bring the next one in. */
    @Test
    void theWayBackDoesNotStandInLine() {
        CommandId run = running(ANNA);
        CommandId next = gate.sayWaiting(BERT, "backend.swap", "environment", "staging");
        gate.queued(next);
        gate.project.worldWaits();
        gate.finish(run, Outcome.SUCCEEDED);
        gate.admitted(rollback(CARLA, "staging"));
        assertThat(gate.story(next).state()).isEqualTo(Kind.QUEUED);
    }

    @Test
    void whatNeedsApprovalAsksForItWhenItsTurnHasCome() {
        CommandId run = rollback(ANNA, "production");
        gate.admitted(run);
        CommandId waiting = gate.sayWaiting(BERT, "backend.deploy", "environment", "production", "ref", "main");
        gate.queued(waiting);
        gate.finish(run, Outcome.SUCCEEDED);
        gate.until(waiting, Kind.APPROVAL_REQUESTED);
        gate.answer(approve(CARLA, waiting));
        gate.admitted(waiting);
    }

    @Test
    void whatWasApprovedAndFindsItsLockTakenGoesOnWithItsApproval() {
        CommandId approved = approvedWhileBusy();
        CommandId run = holder();
        gate.finish(run, Outcome.SUCCEEDED);
        gate.admitted(approved);
        assertThat(asked(approved)).isEqualTo(1);
    }

    @Test
    void itsApprovalHoldsAsLongAsItMayWait() {
        CommandId approved = approvedWhileBusy();
        gate.clock.pass(Duration.ofHours(3));
        gate.finish(holder(), Outcome.SUCCEEDED);
        gate.admitted(approved);
    }

    @Test
    void whatHasChangedInTheQueueIsAskedForAnew() {
        CommandId approved = approvedWhileBusy();
        String before = gate.story(approved)
                .last(Event.ApprovalRequested.class)
                .orElseThrow()
                .plan()
                .digest();
        gate.project.push("another commit");
        gate.finish(holder(), Outcome.SUCCEEDED);
        gate.until(approved, Kind.APPROVAL_REQUESTED);
        assertThat(gate.approvalRequested(approved).plan().digest()).isNotEqualTo(before);
        gate.answer(approve(CARLA, approved));
        gate.admitted(approved);
    }

    @Test
    void anApproverWhoHasLostTheRoleMeanwhileDoesNotCount() {
        CommandId approved = approvedWhileBusy();
        gate.answer(gate.say(OLGA, "revoke", "person", CARLA, "role", "deployer"));
        gate.finish(holder(), Outcome.SUCCEEDED);
        assertThat(gate.refused(approved).code()).isEqualTo("approver");
    }

    @Test
    void aFreezeThatStandsWhenItsTurnComesRefusesIt() {
        CommandId run = running(ANNA);
        CommandId waiting = waiting(BERT);
        gate.queued(waiting);
        gate.answer(gate.say(OLGA, "freeze", "scope", "staging", "reason", "stocktaking"));
        gate.finish(run, Outcome.SUCCEEDED);
        assertThat(gate.refused(waiting).code()).isEqualTo("freeze");
    }

    /** Anna's deployment was asked for, bert took the lock, carla agreed: it waits. */
    private CommandId approvedWhileBusy() {
        CommandId deploy = gate.sayWaiting(ANNA, "backend.deploy", "environment", "production", "ref", "main");
        gate.approvalRequested(deploy);
        gate.admitted(rollback(BERT, "production"));
        gate.answer(approve(CARLA, deploy));
        gate.until(deploy, Kind.QUEUED);
        return deploy;
    }

    private static CommandId holder() {
        return new CommandId(REDIS.tell("HGET", "sb:lock:backend/production", "command"));
    }

    private long asked(CommandId command) {
        return gate.story(command).events().stream()
                .filter(Event.ApprovalRequested.class::isInstance)
                .count();
    }

    private CommandId running(String person) {
        CommandId run = gate.deploy(person, "staging");
        gate.admitted(run);
        return run;
    }

    private CommandId waiting(String person) {
        return gate.sayWaiting(person, "backend.deploy", "environment", "staging", "ref", "main");
    }

    private CommandId rollback(String person, String environment) {
        return gate.say(person, "backend.rollback", "environment", environment);
    }
}
