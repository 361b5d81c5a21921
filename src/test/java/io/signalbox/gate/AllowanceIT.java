package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.catalog.PolicySpec;
import io.signalbox.catalog.Risk;
import io.signalbox.catalog.RoomRule;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the policy allows of commands that everything else would let through: where, and how many. */
class AllowanceIT extends OpenGate {
    private static final String OPS = "play:ops";

    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    AllowanceIT() {
        super(REDIS);
    }

    @Test
    void onePersonSaysSoManyWordsAMinuteAndOthersAreNotInTheirWay() {
        gate.policy = limits(OptionalInt.of(2), OptionalInt.empty(), 20);
        gate.answer(gate.say(ANNA, "who-am-i"));
        gate.clock.pass(Duration.ofSeconds(20));
        gate.answer(gate.say(ANNA, "who-am-i"));
        gate.clock.pass(Duration.ofSeconds(10));

        Event.Refused refused = gate.refused(gate.say(ANNA, "who-am-i"));
        assertThat(refused.code()).isEqualTo("limit");
        assertThat(refused.reason()).isEqualTo("anna has said 2 commands within a minute, and no more may be.");
        assertThat(refused.help())
                .containsExactly("The next may be said in 30 seconds. `approve`, `deny` and `cancel` always may.");
        gate.answer(gate.say(BERT, "who-am-i"));

        gate.clock.pass(Duration.ofSeconds(30));
        gate.answer(gate.say(ANNA, "who-am-i"));
        assertThat(gate.refused(gate.say(ANNA, "who-am-i")).code()).isEqualTo("limit");
    }

    @Test
    void aRestartForgetsNothingOfTheMinute() {
        gate.policy = limits(OptionalInt.of(1), OptionalInt.empty(), 20);
        gate.answer(gate.say(ANNA, "who-am-i"));
        gate.die();
        gate.deploy(Duration.ZERO);
        assertThat(gate.refused(gate.say(ANNA, "who-am-i")).code()).isEqualTo("limit");
    }

    @Test
    void allPersonsTogetherSaySoManyWordsAMinuteInOneRoom() {
        gate.policy = limits(OptionalInt.empty(), OptionalInt.of(2), 20);
        gate.answer(gate.say(ANNA, "who-am-i"));
        gate.answer(gate.say(BERT, "who-am-i"));
        assertThat(gate.refused(gate.say(CARLA, "who-am-i")).reason())
                .isEqualTo("In this room there were 2 commands within a minute, and no more may be.");
        gate.answer(gate.sayIn("play:other", CARLA, "who-am-i"));
    }

    @Test
    void whatStartsAProcessIsCountedBeforeItIsPlanned() {
        gate.policy = limits(OptionalInt.of(1), OptionalInt.empty(), 20);
        gate.project.repositoryGoesAway();
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).code()).isEqualTo("plan");
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).code()).isEqualTo("limit");
    }

    @Test
    void wordsThatStopOrDecideAreNeverTooMany() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        gate.policy = limits(OptionalInt.of(1), OptionalInt.of(1), 20);
        assertThat(gate.refused(gate.say(ANNA, "who-am-i")).code()).isEqualTo("limit");
        assertThat(gate.refused(gate.say(ANNA, "approve", "id", id.value())).code())
                .isEqualTo("own");
        gate.answer(gate.say(ANNA, "deny", "id", id.value()));
        assertThat(gate.end(id)).isInstanceOf(Event.Denied.class);
    }

    @Test
    void soManyCommandsAreUnderWayAtOnce() {
        gate.policy = limits(OptionalInt.empty(), OptionalInt.empty(), 1);
        CommandId first = gate.deploy(ANNA, "staging");
        gate.admitted(first);
        Event.Refused refused = gate.refused(gate.say(ANNA, "backend.rollback", "environment", "production"));
        assertThat(refused.code()).isEqualTo("limit");
        assertThat(refused.reason()).isEqualTo("1 commands are under way, and no more than 1 may be at once.");
        gate.answer(gate.say(ANNA, "who-am-i"));
        gate.finish(first, Outcome.SUCCEEDED);
        gate.admitted(gate.say(ANNA, "backend.rollback", "environment", "production"));
    }

    @Test
    void ofTwoThatAreAdmittedAtTheSameMomentOneTakesTheLastPlace() {
        gate.policy = limits(OptionalInt.empty(), OptionalInt.empty(), 1);
        List<CommandId> both = List.of(
                gate.say(ANNA, "backend.rollback", "environment", "production"),
                gate.say(BERT, "backend.rollback", "environment", "staging"));
        assertThat(both.stream()
                        .map(id -> gate.until(id, Kind.ADMITTED, Kind.REFUSED).state()))
                .containsExactlyInAnyOrder(Kind.ADMITTED, Kind.REFUSED);
    }

    @Test
    void whatWasApprovedWaitsForAPlace() {
        CommandId waiting = gate.deploy(ANNA, "production");
        gate.approvalRequested(waiting);
        gate.policy = limits(OptionalInt.empty(), OptionalInt.empty(), 1);
        CommandId first = gate.deploy(ANNA, "staging");
        gate.admitted(first);
        gate.answer(gate.say(CARLA, "approve", "id", waiting.value()));
        assertThat(gate.story(waiting).state()).isEqualTo(Kind.APPROVAL_GIVEN);
        gate.finish(first, Outcome.SUCCEEDED);
        assertThat(gate.admitted(waiting).lock()).isEqualTo("backend/production");
    }

    @Test
    void whoeverHasWaitedForALockWaitsForAPlaceToo() {
        gate.policy = limits(OptionalInt.empty(), OptionalInt.empty(), 1);
        gate.answer(gate.say(BERT, "lock", "lock", "backend/staging"));
        CommandId waiting = gate.sayWaiting(ANNA, "backend.rollback", "environment", "staging");
        gate.queued(waiting);
        CommandId other = gate.say(ANNA, "backend.rollback", "environment", "production");
        gate.admitted(other);
        gate.answer(gate.say(BERT, "unlock", "lock", "backend/staging"));
        GateRig.await(gate.sweeps());
        assertThat(gate.story(waiting).state()).isEqualTo(Kind.QUEUED);
        gate.finish(other, Outcome.SUCCEEDED);
        gate.admitted(waiting);
    }

    @Test
    void aRoomThatIsNotForItSaysWhereItMayBeSaid() {
        List<RoomRule> rooms = List.of(
                new RoomRule("ops", Risk.DESTROY, List.of()),
                new RoomRule("direct", Risk.READ, List.of()),
                new RoomRule("others", Risk.READ, List.of()));
        gate.policy = new PolicySpec(Map.of(), Set.of(), rooms, PolicySpec.NONE.limits());
        CommandId direct = gate.sayIn("play:@anna", ANNA, "backend.deploy", "environment", "staging", "ref", "main");
        Event.Refused refused = gate.refused(direct);
        assertThat(refused.code()).isEqualTo("room");
        assertThat(refused.reason()).contains("may not be said in a direct message.");
        assertThat(refused.help()).containsExactly("It may be said in: ops.");
        assertThat(gate.refused(gate.sayIn("play:lobby", OLGA, "grant", "person", GUEST, "role", "deployer"))
                        .reason())
                .contains("may not be said in this room.");
        gate.answer(gate.sayIn("play:@anna", ANNA, "who-am-i"));
        gate.admitted(gate.sayIn(OPS, ANNA, "backend.deploy", "environment", "staging", "ref", "main"));
    }

    @Test
    void rolesAreGivenByThoseWhomThePolicyLets() {
        gate.policy = new PolicySpec(
                Map.of(
                        "admin", new PolicySpec.Role("", Set.of("admin", "lead")),
                        "lead", new PolicySpec.Role("", Set.of("deployer")),
                        "deployer", new PolicySpec.Role("", Set.of())),
                Set.of(),
                List.of(),
                PolicySpec.NONE.limits());
        Event.Refused refused = gate.refused(gate.say(OLGA, "grant", "person", GUEST, "role", "deployer"));
        assertThat(refused.reason())
                .isEqualTo(
                        "The role deployer is given and taken by those with the role lead, which olga does not have.");
        assertThat(refused.help()).containsExactly("Nobody has it.");
        gate.answer(gate.say(OLGA, "grant", "person", BERT, "role", "lead"));
        gate.answer(gate.say(BERT, "grant", "person", GUEST, "role", "deployer"));
        gate.answer(gate.say(BERT, "revoke", "person", GUEST, "role", "deployer"));
        assertThat(gate.refused(gate.say(OLGA, "revoke", "person", OLGA, "role", "admin"))
                        .code())
                .isEqualTo("last-admin");
        assertThat(gate.refused(gate.say(OLGA, "grant", "person", GUEST, "role", "oncall"))
                        .code())
                .isEqualTo("role-name");
        assertThat(gate.refused(gate.deploy(GUEST, "staging")).help().toString())
                .contains("bert can say: `@guest has deployer role`");
    }

    private static PolicySpec limits(OptionalInt person, OptionalInt room, int running) {
        return new PolicySpec(Map.of(), Set.of(), List.of(), new PolicySpec.Limits(person, room, running));
    }
}
