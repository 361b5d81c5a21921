package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.brain.Brain;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RolesIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    RolesIT() {
        super(REDIS);
    }

    @Test
    void anAdminGrantsARoleAndItCounts() {
        assertThat(gate.refused(gate.deploy(GUEST, "staging")).code()).isEqualTo("role");
        assertThat(gate.answer(change(OLGA, "grant", "play:guest", "deployer")))
                .isEqualTo("guest (play:guest) now has the role deployer.");
        assertThat(gate.admitted(gate.deploy(GUEST, "staging")).lock()).isEqualTo("backend/staging");
    }

    @Test
    void theRolesOfTheSettingsAreHeldSinceBeforeTheFirstCommand() {
        gate.clock.pass(Duration.ofSeconds(1));
        CommandId first = gate.deploy(ANNA, "production");
        gate.clock.pass(Duration.ofSeconds(1));
        assertThat(gate.approvalRequested(first).asked()).containsExactly(BERT, CARLA);
        assertThat(REDIS.tell("HGET", "sb:gate:role:deployer", BERT))
                .isEqualTo(String.valueOf(Clocked.NOON.toEpochMilli()));
    }

    @Test
    void anAdminRevokesARoleAndItCountsNoMore() {
        assertThat(gate.answer(change(OLGA, "revoke", "play:anna", "deployer")))
                .isEqualTo("anna (play:anna) no longer has the role deployer.");
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).code()).isEqualTo("role");
    }

    @Test
    void onlyAnAdminChangesRolesWhateverTheCatalogSays() {
        Event.Refused refused = gate.refused(change(ANNA, "grant", "play:anna", "admin"));
        assertThat(refused.reason())
                .isEqualTo("The role admin is given and taken by those with the role admin, which anna does not have.");
        assertThat(refused.help()).containsExactly("Who has it: olga.");
        assertThat(gate.refused(change(ANNA, "revoke", "play:olga", "admin")).code())
                .isEqualTo("role");
        assertThat(gate.answer(gate.say(ANNA, "who-has", "role", "admin"))).isEqualTo("admin: olga (play:olga).");
    }

    @Test
    void theLastAdminStays() {
        assertThat(gate.refused(change(OLGA, "revoke", "play:olga", "admin")).code())
                .isEqualTo("last-admin");
        gate.answer(change(OLGA, "grant", "play:anna", "admin"));
        gate.answer(change(ANNA, "revoke", "play:olga", "admin"));
        assertThat(gate.refused(change(ANNA, "revoke", "play:anna", "admin")).code())
                .isEqualTo("last-admin");
    }

    @Test
    void ofTwoAdminsWhoRevokeEachOtherOneStays() {
        gate.answer(change(OLGA, "grant", "play:anna", "admin"));
        List<CommandId> both =
                List.of(change(OLGA, "revoke", "play:anna", "admin"), change(ANNA, "revoke", "play:olga", "admin"));
        assertThat(both.stream().map(gate::end).map(Event::kind))
                .containsExactlyInAnyOrder(Kind.ANSWERED, Kind.REFUSED);
        assertThat(REDIS.tell("HLEN", "sb:gate:role:admin")).isEqualTo("1");
    }

    @Test
    void aRoleThatNoCommandKnowsIsNotGranted() {
        Event.Refused refused = gate.refused(change(OLGA, "grant", "play:guest", "deplyoer"));
        assertThat(refused.reason()).isEqualTo("The catalog knows no role 'deplyoer'.");
        assertThat(refused.help()).containsExactly("It knows: admin, deployer, undertaker.");
        assertThat(gate.refused(change(OLGA, "grant", "play:guest", "everyone")).code())
                .isEqualTo("role-name");
        assertThat(gate.refused(gate.say(OLGA, "who-has", "role", "deplyoer")).code())
                .isEqualTo("role-name");
    }

    @Test
    void peopleOfOtherServicesGetNoRoles() {
        assertThat(gate.refused(change(OLGA, "grant", "irc:bert", "deployer")).code())
                .isEqualTo("person");
    }

    @Test
    void whoIsNoMemberOfTheChatGetsNoRoleButLosesTheOnesThatAreLeft() {
        Event.Refused refused = gate.refused(change(OLGA, "grant", "play:nobody", "deployer"));
        assertThat(refused.code()).isEqualTo("person");
        assertThat(refused.reason())
                .isEqualTo("nobody (play:nobody) is not a member of the chat: nothing was granted.");
        assertThat(gate.answer(gate.say(OLGA, "who-has", "role", "deployer"))).doesNotContain("nobody");

        gate.members.remove(CARLA);
        assertThat(gate.answer(change(OLGA, "revoke", CARLA, "deployer"))).contains("no longer has");
    }

    @Test
    void whereTheChatDoesNotTellWhoIsAMemberNothingIsGranted() {
        gate.members.clear();
        assertThat(gate.refused(change(OLGA, "grant", GUEST, "deployer")).reason())
                .isEqualTo("The chat does not tell whether guest (play:guest) is a member: nothing was granted.");
    }

    @Test
    void whatIsSoAlreadyIsSaid() {
        assertThat(gate.refused(change(OLGA, "grant", "play:anna", "deployer")).reason())
                .isEqualTo("anna (play:anna) has the role deployer already, since 12:00 UTC.");
        assertThat(gate.refused(change(OLGA, "revoke", "play:guest", "deployer"))
                        .reason())
                .isEqualTo("guest (play:guest) does not have the role deployer.");
    }

    @Test
    void answersWhoHasWhat() {
        assertThat(gate.answer(gate.say(GUEST, "who-has", "role", "deployer")))
                .isEqualTo("deployer: anna (play:anna), bert (play:bert), carla (play:carla).");
        assertThat(gate.answer(gate.say(GUEST, "roles-of", "person", "play:anna")))
                .isEqualTo("anna (play:anna) has deployer (since 12:00 UTC).");
        assertThat(gate.answer(gate.say(GUEST, "roles-of", "person", "play:nobody")))
                .isEqualTo("nobody (play:nobody) has no role.");
        assertThat(gate.answer(gate.say(OLGA, "who-am-i")))
                .isEqualTo("You are olga (play:olga) and have admin (since 12:00 UTC).");
        assertThat(gate.answer(gate.say(GUEST, "who-has", "role", "everyone")))
                .isEqualTo("Every member has the role everyone.");
    }

    @Test
    void theFirstRolesAreWrittenOnceAndWhatWasRevokedStaysRevoked() {
        gate.answer(change(OLGA, "revoke", "play:carla", "deployer"));
        gate.die();
        gate.deploy(Duration.ZERO);
        assertThat(gate.answer(gate.say(GUEST, "who-has", "role", "deployer"))).doesNotContain("carla");
        assertThat(gate.refused(gate.deploy(CARLA, "staging")).code()).isEqualTo("role");
    }

    @Test
    void allOfTheFirstRolesAreWrittenOrNone() {
        REDIS.tell("FLUSHALL");
        REDIS.tell("SET", "sb:gate:role:deployer", "damaged");
        Vertx vertx = Vertx.vertx();
        try {
            Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), gate.clock);
            FirstRoles first = new FirstRoles(
                    brain, Map.of("admin", List.of(OLGA), "deployer", List.of(ANNA)), gate.clock.instant());
            assertThatThrownBy(() -> GateRig.await(first.ensure())).hasMessageContaining("WRONGTYPE");
            assertThat(REDIS.tell("EXISTS", "sb:gate:founded", "sb:gate:role:admin", "sb:gate:names"))
                    .isEqualTo("0");
            REDIS.tell("DEL", "sb:gate:role:deployer");
            GateRig.await(first.ensure());
            assertThat(REDIS.tell("HEXISTS", "sb:gate:role:deployer", ANNA)).isEqualTo("1");
        } finally {
            GateRig.await(vertx.close());
        }
    }

    private CommandId change(String by, String word, String person, String role) {
        return gate.say(by, word, "person", person, "role", role);
    }
}
