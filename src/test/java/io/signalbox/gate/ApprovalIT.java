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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApprovalIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    ApprovalIT() {
        super(REDIS);
    }

    @Test
    void productionWaitsForAnotherDeployer() {
        CommandId id = gate.deploy(ANNA, "production");
        Event.ApprovalRequested request = gate.approvalRequested(id);
        assertThat(request.by()).isEqualTo("deployer");
        assertThat(request.asked()).containsExactly(BERT, CARLA);
        assertThat(request.deadline()).isEqualTo(Clocked.NOON.plus(GateRig.APPROVAL_TIME));
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();

        CommandId yes = approve(CARLA, id);
        assertThat(gate.answer(yes)).contains("Approved", id.value());
        Event.Admitted admitted = gate.admitted(id);
        assertThat(admitted.plan()).isEqualTo(request.plan());
        assertThat(admitted.lock()).isEqualTo("backend/production");
        assertThat(REDIS.tell("HGET", "sb:lock:backend/production", "person")).isEqualTo(ANNA);
        assertThat(gate.story(id).last(Event.ApprovalGiven.class).orElseThrow())
                .isEqualTo(new Event.ApprovalGiven(
                        id,
                        Clocked.NOON,
                        new Person(CARLA, "carla"),
                        request.plan().digest()));
        assertThat(REDIS.tell("EXISTS", "sb:gate:approval:" + id)).isEqualTo("0");
    }

    @Test
    void onesOwnYesDoesNotCount() {
        CommandId id = waiting();
        Event.Refused refused = gate.refused(approve(ANNA, id));
        assertThat(refused.code()).isEqualTo("own");
        assertThat(refused.reason()).contains("not by yourself");
        assertThat(refused.help()).containsExactly("It needs another deployer: bert, carla.");
        assertThat(gate.story(id).state()).isEqualTo(Kind.APPROVAL_REQUESTED);
    }

    @Test
    void aYesAfterTheDeadlineNeverCounts() {
        CommandId id = waiting();
        gate.clock.pass(GateRig.APPROVAL_TIME.plusMillis(1));
        CommandId late = approve(CARLA, id);
        assertThat(gate.refused(late).code()).isIn("late", "state");
        assertThat(gate.end(id)).isInstanceOf(Event.Expired.class);
        assertThat(gate.story(id).last(Event.ApprovalGiven.class)).isEmpty();
        assertThat(gate.refused(approve(CARLA, id)).reason()).contains("nobody approved it in time");
    }

    @Test
    void aYesInTheLastMomentCounts() {
        CommandId id = waiting();
        gate.clock.pass(GateRig.APPROVAL_TIME);
        gate.answer(approve(CARLA, id));
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/production");
    }

    @Test
    void ofTwoApprovalsOneCounts() {
        CommandId id = waiting();
        List<CommandId> yes = List.of(approve(BERT, id), approve(CARLA, id), approve(CARLA, id));
        gate.admitted(id);
        assertThat(yes.stream().map(gate::end).map(Event::kind))
                .containsExactlyInAnyOrder(Kind.ANSWERED, Kind.REFUSED, Kind.REFUSED);
        assertThat(count(id, Kind.APPROVAL_GIVEN)).isEqualTo(1);
        assertThat(count(id, Kind.ADMITTED)).isEqualTo(1);
        assertThat(gate.refused(approve(BERT, id)).reason()).contains("it was approved by");
    }

    @Test
    void aRoleThatWasTakenAwayDoesNotApprove() {
        CommandId id = waiting();
        gate.answer(gate.say(OLGA, "revoke", "person", "play:carla", "role", "deployer"));
        Event.Refused refused = gate.refused(approve(CARLA, id));
        assertThat(refused.code()).isEqualTo("approver");
        assertThat(refused.help()).containsExactly("It needs another deployer: bert.");
        assertThat(gate.story(id).state()).isEqualTo(Kind.APPROVAL_REQUESTED);
    }

    @Test
    void aRoleThatCameAfterTheRequestDoesNotApproveIt() {
        CommandId id = waiting();
        gate.clock.pass(Duration.ofSeconds(10));
        gate.answer(gate.say(OLGA, "grant", "person", "play:guest", "role", "deployer"));
        assertThat(gate.refused(approve(GUEST, id)).reason()).contains("did not have the role", "when this was asked");
        gate.clock.pass(Duration.ofSeconds(10));
        CommandId next = gate.deploy(ANNA, "production");
        assertThat(gate.approvalRequested(next).asked()).contains(GUEST);
        gate.answer(approve(GUEST, next));
        assertThat(gate.admitted(next).lock()).isEqualTo("backend/production");
    }

    @Test
    void aRoleTakenAndGivenAgainInBetweenDoesNotApprove() {
        CommandId id = waiting();
        gate.clock.pass(Duration.ofSeconds(10));
        gate.answer(gate.say(OLGA, "revoke", "person", "play:carla", "role", "deployer"));
        gate.answer(gate.say(OLGA, "grant", "person", "play:carla", "role", "deployer"));
        assertThat(gate.refused(approve(CARLA, id)).code()).isEqualTo("approver");
    }

    @Test
    void whoAskedMustStillHaveTheRoleWhenItIsAdmitted() {
        CommandId id = waiting();
        gate.answer(gate.say(OLGA, "revoke", "person", "play:anna", "role", "deployer"));
        gate.answer(approve(CARLA, id));
        assertThat(gate.refused(id).code()).isEqualTo("role");
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();
    }

    @Test
    void aBranchThatMovedMakesTheApprovalVoid() {
        CommandId id = waiting();
        String head = gate.project.push("sneaked in");
        gate.answer(approve(CARLA, id));
        assertThat(((Event.Voided) gate.end(id)).reason()).contains("ref was commit", "is now " + head.substring(0, 8));
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();
    }

    @Test
    void aPlaybookThatWasEditedMakesTheApprovalVoid() {
        CommandId id = waiting();
        gate.project.write("roles/one/tasks/main.yml", "- ansible.builtin.debug:\n");
        gate.answer(approve(CARLA, id));
        assertThat(((Event.Voided) gate.end(id)).reason()).contains("playbooks, roles, inventory or catalog");
    }

    @Test
    void anApprovedCommandThatFindsItsLockTakenNamesTheHolder() {
        CommandId first = waiting();
        CommandId second = gate.deploy(BERT, "production");
        gate.approvalRequested(second);
        gate.answer(approve(CARLA, second));
        gate.admitted(second);
        gate.answer(approve(CARLA, first));
        Event.Refused refused = gate.refused(first);
        assertThat(refused.code()).isEqualTo("lock");
        assertThat(refused.reason()).contains(second.value(), "bert");
    }

    @Test
    void aButtonsDigestMustBeThePlansOwn() {
        CommandId id = waiting();
        String digest = gate.approvalRequested(id).plan().shortDigest();
        String wrong = digest.startsWith("0") ? "11111111" : "00000000";
        assertThat(gate.refused(gate.say(CARLA, "approve", "id", id.value(), "digest", wrong))
                        .reason())
                .contains("The plan of " + id + " is " + digest);
        assertThat(gate.refused(gate.say(CARLA, "approve", "id", id.value(), "digest", "x"))
                        .code())
                .isEqualTo("digest");
        gate.answer(gate.say(CARLA, "approve", "id", id.value(), "digest", digest));
        gate.admitted(id);
    }

    @Test
    void anotherDeployerMayDenyWithAReason() {
        CommandId id = waiting();
        gate.answer(gate.say(CARLA, "deny", "id", id.value(), "reason", "not on a Friday"));
        Event.Denied denied = (Event.Denied) gate.end(id);
        assertThat(denied.by().id()).isEqualTo(CARLA);
        assertThat(denied.reason()).isEqualTo("not on a Friday");
        assertThat(gate.refused(approve(BERT, id)).reason()).contains("it was denied");
    }

    @Test
    void whoMayNotApproveMayNotDenyButWhoAskedMay() {
        CommandId id = waiting();
        assertThat(gate.refused(gate.say(GUEST, "deny", "id", id.value())).code())
                .isEqualTo("approver");
        gate.answer(gate.say(ANNA, "deny", "id", id.value()));
        assertThat(gate.end(id)).isInstanceOf(Event.Denied.class);
    }

    @Test
    void whatDoesNotWaitCannotBeApproved() {
        CommandId staging = gate.deploy(ANNA, "staging");
        gate.admitted(staging);
        assertThat(gate.refused(approve(CARLA, staging)).code()).isEqualTo("unknown");
        assertThat(gate.refused(approve(CARLA, CommandId.fresh())).code()).isEqualTo("unknown");
        CommandId withdrawn = waiting();
        gate.commit(new Event.Withdrawn(withdrawn, gate.clock.instant(), new Person(ANNA, "anna")));
        assertThat(gate.refused(approve(CARLA, withdrawn)).reason()).contains("it was withdrawn");
    }

    @Test
    void whileNobodyRecordsNothingIsApprovedButItCanBeDenied() {
        CommandId id = waiting();
        gate.auditCloses("Kafka does not answer");
        assertThat(gate.refused(approve(CARLA, id)).code()).isEqualTo("audit");
        assertThat(gate.story(id).state()).isEqualTo(Kind.APPROVAL_REQUESTED);
        gate.answer(gate.say(CARLA, "deny", "id", id.value()));
        assertThat(gate.end(id)).isInstanceOf(Event.Denied.class);
    }

    @Test
    void whatNobodyElseCouldApproveIsRefusedAtOnce() {
        gate.answer(gate.say(OLGA, "revoke", "person", "play:bert", "role", "deployer"));
        gate.answer(gate.say(OLGA, "revoke", "person", "play:carla", "role", "deployer"));
        Event.Refused refused = gate.refused(gate.deploy(ANNA, "production"));
        assertThat(refused.code()).isEqualTo("approval");
        assertThat(refused.help().toString()).contains("olga can say", "deployer role");
    }

    @Test
    void approvalIsNotAskedForWhileAnotherHoldsTheLock() {
        CommandId first = waiting();
        gate.answer(approve(CARLA, first));
        gate.admitted(first);
        assertThat(gate.refused(gate.deploy(BERT, "production")).code()).isEqualTo("lock");
        gate.finish(first, Outcome.SUCCEEDED);
        gate.approvalRequested(gate.deploy(BERT, "production"));
    }

    private CommandId waiting() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        return id;
    }

    private long count(CommandId id, Kind kind) {
        return gate.story(id).events().stream()
                .filter(event -> event.kind() == kind)
                .count();
    }
}
