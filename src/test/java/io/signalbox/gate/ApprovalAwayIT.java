package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.Logged;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A yes, and something that is away: the bot, the audit log, the repository. */
class ApprovalAwayIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    ApprovalAwayIT() {
        super(REDIS);
    }

    @Test
    void whoApprovedMustStillHaveTheRoleWhenItIsAdmitted() {
        CommandId id = givenWhileTheBotIsAway();
        REDIS.tell("HDEL", "sb:gate:role:deployer", CARLA);
        gate.deploy(Duration.ZERO);
        assertThat(gate.refused(id).reason()).contains("carla approved this and has lost the role");
    }

    @Test
    void aRequestOutlivesTheBot() {
        CommandId id = waiting();
        gate.die();
        CommandId yes = approve(CARLA, id);
        gate.deploy(Duration.ZERO);
        gate.answer(yes);
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/production");
    }

    @Test
    void anApprovalOutlivesTheBot() {
        CommandId id = givenWhileTheBotIsAway();
        gate.deploy(Duration.ZERO);
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/production");
    }

    @Test
    void anOldApprovalStartsNothingWhenTheBotIsBack() {
        CommandId id = givenWhileTheBotIsAway();
        gate.clock.pass(Duration.ofHours(1));
        gate.deploy(Duration.ZERO);
        assertThat(((Event.Voided) gate.end(id)).reason())
                .isEqualTo("carla approved it, but it could not be begun in time.");
        assertThat(gate.refused(approve(BERT, id)).reason()).contains("it could not be begun in time");
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();
    }

    @Test
    void anApprovalWaitsForAnAuditLogThatOpensAMomentAfterTheStart() {
        CommandId id = givenWhileTheBotIsAway();
        REDIS.tell("DEL", "sb:audit:status");
        gate.deploy(Duration.ofSeconds(60));
        gate.until(gate.say(ANNA, "help"), Kind.ADMITTED);
        assertThat(gate.story(id).state()).isEqualTo(Kind.APPROVAL_GIVEN);
        gate.auditOpens();
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/production");
    }

    @Test
    void anApprovalOutlivesAnAuditLogThatIsClosedForAMoment() {
        CommandId id = givenWhileTheBotIsAway();
        gate.auditCloses("Kafka does not answer");
        gate.deploy(Duration.ZERO);
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).code()).isEqualTo("audit");
        assertThat(gate.story(id).state()).isEqualTo(Kind.APPROVAL_GIVEN);
        gate.auditOpens();
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/production");
    }

    @Test
    void whyAnApprovedCommandWaitsIsLoggedOnce() throws Exception {
        CommandId id = givenWhileTheBotIsAway();
        gate.auditCloses("Kafka does not answer");
        try (Logged log = new Logged(Approved.class)) {
            gate.deploy(Duration.ZERO);
            Eventually.until("it was tried again", Duration.ofSeconds(20), () -> log.count(Level.DEBUG) >= 2);
            assertThat(log.count(Level.WARN)).isEqualTo(1);
        }
        gate.auditOpens();
        gate.admitted(id);
    }

    @Test
    void anApprovalIsVoidWithTheReasonWhereTheAuditLogStaysClosed() {
        CommandId id = givenWhileTheBotIsAway();
        gate.auditCloses("Kafka does not answer");
        gate.deploy(Duration.ZERO);
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).code()).isEqualTo("audit");
        gate.clock.pass(GateRig.APPROVAL_TIME.plusSeconds(1));
        assertThat(((Event.Voided) gate.end(id)).reason())
                .startsWith("carla approved it, but it could not be begun in time: The audit log takes no records now: "
                        + "Kafka does not answer.");
    }

    @Test
    void anApprovalOutlivesARepositoryThatIsAwayForAMoment() {
        CommandId id = approvedWithoutTheRepository();
        assertThat(gate.story(id).state()).isEqualTo(Kind.APPROVAL_GIVEN);
        gate.project.repositoryComesBack();
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/production");
    }

    @Test
    void whatWasApprovedAndThenDeniedIsSaidToBeDenied() {
        CommandId id = approvedWithoutTheRepository();
        gate.answer(gate.say(BERT, "deny", "id", id.value()));
        assertThat(gate.end(id)).isInstanceOf(Event.Denied.class);
        assertThat(gate.refused(approve(CARLA, id)).reason()).endsWith("it was denied.");
    }

    private CommandId approvedWithoutTheRepository() {
        CommandId id = waiting();
        gate.project.repositoryGoesAway();
        gate.answer(approve(CARLA, id));
        // Asked for later, it is planned later: by its end the approved one was tried.
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).reason()).contains("cannot be fetched");
        return id;
    }

    private CommandId waiting() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        return id;
    }

    /** As a bot leaves it that dies between the yes and what follows from it. */
    private CommandId givenWhileTheBotIsAway() {
        CommandId id = waiting();
        String digest = gate.approvalRequested(id).plan().digest();
        Person carla = new Person(CARLA, "carla");
        gate.die();
        gate.commit(
                new Event.ApprovalGiven(id, gate.clock.instant(), carla, digest), Approvals.give(id, carla, "", ""));
        return id;
    }
}
