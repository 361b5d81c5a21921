package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.signalbox.catalog.PolicySpec;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** At three in the morning there is one person. */
class EmergencyIT extends OpenGate {
    private static final String REASON = "production is down";
    private static final PolicySpec ONCALL = new PolicySpec(
            Map.of(
                    "admin", new PolicySpec.Role("", Set.of("admin", "deployer", "oncall")),
                    "deployer", new PolicySpec.Role("", Set.of()),
                    "oncall", new PolicySpec.Role("", Set.of())),
            Set.of("oncall"),
            List.of(),
            PolicySpec.NONE.limits());

    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    EmergencyIT() {
        super(REDIS);
    }

    @BeforeEach
    void annaIsOnCall() {
        gate.policy = ONCALL;
        gate.answer(gate.say(OLGA, "grant", "person", ANNA, "role", "oncall"));
    }

    @Test
    void aRollbackNeedsNobodyElseWhileADeploymentWaitsForApproval() {
        CommandId waiting = waiting();
        CommandId rollback = gate.say(ANNA, "backend.rollback", "environment", "production");
        assertThat(gate.admitted(rollback).lock()).isEqualTo("backend/production");
        assertThat(gate.story(waiting).state()).isEqualTo(Kind.APPROVAL_REQUESTED);

        gate.answer(gate.say(CARLA, "approve", "id", waiting.value()));
        assertThat(gate.refused(waiting).reason()).contains("backend.rollback", rollback.value());
        gate.finish(rollback, Outcome.SUCCEEDED);
    }

    @Test
    void whoIsOnCallGoesOnAloneAlsoWithWhatHeAskedForHimself() {
        CommandId id = waiting();
        assertThat(gate.answer(breakGlass(ANNA, id, REASON))).startsWith("The glass is broken for " + id);
        assertThat(gate.admitted(id).plan())
                .isEqualTo(gate.story(id)
                        .last(Event.ApprovalRequested.class)
                        .orElseThrow()
                        .plan());
        Event.GlassBroken glass = gate.story(id).brokenGlass().orElseThrow();
        assertThat(glass.by().id()).isEqualTo(ANNA);
        assertThat(glass.reason()).isEqualTo(REASON);
        assertThat(gate.story(id).approvals()).isEmpty();
        assertThat(gate.story(id).marks()).containsEntry("called", String.join(" ", BERT, CARLA, OLGA));
        assertThat(gate.refused(gate.say(CARLA, "approve", "id", id.value())).reason())
                .contains("anna broke the glass for it");
    }

    @Test
    void anotherWhoIsOnCallMayDoItAfterTheFirstOfTwoYes() {
        CommandId id = gate.say(BERT, "backend.wipe", "environment", "production");
        gate.approvalRequested(id);
        gate.answer(gate.say(CARLA, "approve", "id", id.value()));
        gate.answer(breakGlass(ANNA, id, REASON));
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/production");
    }

    @Test
    void withoutAReasonOrTheRoleTheGlassHolds() {
        CommandId id = waiting();
        assertThat(gate.refused(breakGlass(ANNA, id, "… !!")).code()).isEqualTo("reason");
        Event.Refused refused = gate.refused(breakGlass(CARLA, id, REASON));
        assertThat(refused.reason()).isEqualTo("Breaking the glass needs the role oncall, which carla does not have.");
        assertThat(refused.help()).containsExactly("Who has it: anna.");
        assertThat(gate.story(id).state()).isEqualTo(Kind.APPROVAL_REQUESTED);
    }

    @Test
    void withoutAPolicyNobodyBreaksTheGlass() {
        CommandId id = waiting();
        gate.policy = PolicySpec.NONE;
        Event.Refused refused = gate.refused(breakGlass(ANNA, id, REASON));
        assertThat(refused.reason()).isEqualTo("The policy names no role that may break the glass, so nobody may.");
        assertThat(refused.help()).containsExactly("Name one in the catalog, as in `policy: {break-glass: [oncall]}`.");
    }

    @Test
    void whatChecksAnApprovalChecksABrokenGlass() {
        CommandId drifted = waiting();
        gate.project.push("sneaked in");
        gate.answer(breakGlass(ANNA, drifted, REASON));
        assertThat(((Event.Voided) gate.end(drifted)).reason()).contains("ref was commit");

        CommandId late = waiting();
        gate.clock.pass(GateRig.APPROVAL_TIME.plusMillis(1));
        assertThat(gate.refused(breakGlass(ANNA, late, REASON)).code()).isIn("late", "state");
        gate.end(late);

        CommandId unrecorded = waiting();
        gate.auditCloses("Kafka does not answer");
        assertThat(gate.refused(breakGlass(ANNA, unrecorded, REASON)).code()).isEqualTo("audit");
        gate.auditOpens();

        gate.admitted(gate.say(BERT, "backend.rollback", "environment", "production"));
        gate.answer(breakGlass(ANNA, unrecorded, REASON));
        assertThat(gate.refused(unrecorded).code()).isEqualTo("lock");
    }

    @Test
    void whoBrokeItMustStillHaveTheRoleWhenItIsAdmitted() {
        CommandId id = brokenWhileTheBotIsAway();
        REDIS.tell("HDEL", "sb:gate:role:oncall", ANNA);
        gate.deploy(Duration.ZERO);
        assertThat(gate.refused(id).reason())
                .isEqualTo("anna broke the glass for this and has lost the role for it since.");
    }

    @Test
    void anOldBrokenGlassStartsNothingWhenTheBotIsBack() {
        CommandId id = brokenWhileTheBotIsAway();
        gate.clock.pass(Duration.ofHours(1));
        gate.deploy(Duration.ZERO);
        assertThat(((Event.Voided) gate.end(id)).reason())
                .isEqualTo("anna broke the glass for it, but it could not be begun in time.");
    }

    private CommandId brokenWhileTheBotIsAway() {
        CommandId id = waiting();
        String digest = gate.approvalRequested(id).plan().digest();
        Person anna = new Person(ANNA, "anna");
        gate.die();
        gate.commit(
                new Event.GlassBroken(id, gate.clock.instant(), anna, digest, REASON),
                Approvals.breakGlass(id, anna, digest, List.of(OLGA)).get(0));
        return id;
    }

    private CommandId breakGlass(String person, CommandId id, String reason) {
        return gate.say(person, "break-glass", "id", id.value(), "reason", reason);
    }

    private CommandId waiting() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        return id;
    }
}
