package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FreezeIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    FreezeIT() {
        super(REDIS);
    }

    @Test
    void nothingNewBeginsInWhatIsFrozen() {
        assertThat(gate.answer(freeze(OLGA, "production", "time", "2h")))
                .contains("production is frozen by olga (12:00 UTC, until 14:00 UTC): stocktaking");
        Event.Refused refused = gate.refused(gate.deploy(ANNA, "production"));
        assertThat(refused.code()).isEqualTo("freeze");
        assertThat(refused.reason()).contains("olga", "14:00 UTC", "stocktaking");
        gate.admitted(gate.deploy(ANNA, "staging"));
        assertThat(gate.answer(gate.say(GUEST, "freezes"))).contains("production is frozen by olga", "shop is frozen");
    }

    @Test
    void theWayBackIsOpen() {
        gate.answer(freeze(OLGA, "everything"));
        gate.admitted(gate.say(ANNA, "backend.rollback", "environment", "production"));
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).code()).isEqualTo("freeze");
    }

    @Test
    void itEndsByTheClockAlsoAfterARestart() {
        CommandId freeze = freeze(OLGA, "staging", "clock", "18:00");
        assertThat(gate.answer(freeze)).contains("until 18:00 UTC");
        gate.die();
        gate.deploy(Duration.ZERO);
        gate.clock.pass(Duration.ofHours(5));
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).code()).isEqualTo("freeze");
        gate.clock.pass(Duration.ofHours(1));
        gate.admitted(gate.deploy(ANNA, "staging"));
    }

    @Test
    void itIsThawedByWhoeverBeganItAndByAnAdmin() {
        gate.answer(freeze(ANNA, "staging"));
        assertThat(gate.refused(thaw(BERT)).help()).containsExactly("anna can thaw it, and an admin.");
        assertThat(gate.refused(freeze(BERT, "staging")).code()).isEqualTo("freeze");
        assertThat(gate.answer(thaw(OLGA))).contains("Thawed: staging");
        gate.answer(freeze(ANNA, "staging"));
        gate.answer(thaw(ANNA));
        assertThat(gate.refused(thaw(ANNA)).reason()).isEqualTo("staging is not frozen by anybody.");
        gate.admitted(gate.deploy(ANNA, "staging"));
    }

    @Test
    void whatWasApprovedMeetsAFreezeThatBeganMeanwhile() {
        CommandId run = gate.deploy(ANNA, "production");
        gate.approvalRequested(run);
        gate.answer(freeze(OLGA, "production"));
        gate.answer(gate.say(CARLA, "approve", "id", run.value()));
        assertThat(gate.refused(run).code()).isEqualTo("freeze");
    }

    @Test
    void theWeeklyFreezeOfTheCatalogStandsAtItsTime() {
        // Clocked.NOON is a Saturday, and the weekend lasts until Monday, 07:00 in Berlin.
        Event.Refused refused = gate.refused(gate.deploy(ANNA, "shop"));
        assertThat(refused.code()).isEqualTo("freeze");
        assertThat(refused.reason()).contains("each week", "2026-11-23 06:00 UTC", "weekend");
        gate.clock.pass(Duration.ofHours(42));
        gate.admitted(gate.deploy(ANNA, "shop"));
    }

    @Test
    void whatIsNoEnvironmentIsNotFrozen() {
        Event.Refused refused = gate.refused(freeze(OLGA, "prodcution"));
        assertThat(refused.reason()).isEqualTo("There is no environment 'prodcution'; did you mean 'production'?");
        assertThat(refused.help()).containsExactly("There are staging, production, testing, shop, everything.");
    }

    private CommandId freeze(String person, String scope, String... end) {
        return end.length == 0
                ? gate.say(person, "freeze", "scope", scope, "reason", "stocktaking")
                : gate.say(person, "freeze", "scope", scope, "reason", "stocktaking", end[0], end[1]);
    }

    private CommandId thaw(String person) {
        return gate.say(person, "thaw", "scope", "staging");
    }
}
