package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What reaches the gate long after it was said, or under a catalog that is no longer the one on disk. */
class LateIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    LateIT() {
        super(REDIS);
    }

    @Test
    void whatWasSaidHoursAgoIsNotBegunWhenTheBotIsBack() {
        gate.die();
        CommandId deployment = gate.deploy(ANNA, "staging");
        CommandId grant = gate.say(OLGA, "grant", "person", "play:guest", "role", "deployer");
        CommandId question = gate.say(ANNA, "who-am-i");
        gate.clock.pass(Duration.ofHours(3));
        gate.deploy(Duration.ZERO);
        Event.Refused refused = gate.refused(deployment);
        assertThat(refused.code()).isEqualTo("old");
        assertThat(refused.reason()).isEqualTo("This was said at 12:00 UTC and the bot was away; nothing was done.");
        assertThat(refused.help()).containsExactly("Say it again.");
        assertThat(gate.refused(grant).code()).isEqualTo("old");
        assertThat(gate.answer(question)).contains("play:anna");
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();
    }

    @Test
    void whatWasSaidAMomentAgoIsBegunWhenTheBotIsBack() {
        gate.die();
        CommandId id = gate.deploy(ANNA, "staging");
        gate.clock.pass(Story.TIMELY);
        gate.deploy(Duration.ZERO);
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/staging");
    }

    @Test
    void nothingIsPlannedWhileTheCatalogOnDiskIsAnotherThanTheOneInUse() {
        gate.project.write("commands/backend.yml", "commands: {} # pulled, and not yet read again\n");
        Event.Refused refused = gate.refused(gate.deploy(ANNA, "staging"));
        assertThat(refused.code()).isEqualTo("plan");
        assertThat(refused.reason()).isEqualTo("The catalog on disk has changed since it was loaded.");
        assertThat(refused.help()).containsExactly("An admin can say `reload`; then say this again.");
        gate.die();
        gate.deploy(Duration.ZERO);
        assertThat(gate.admitted(gate.deploy(ANNA, "staging")).lock()).isEqualTo("backend/staging");
    }

    @Test
    void nobodyIsAskedToApproveUnderACatalogThatIsNotTheOneOnDisk() {
        gate.project.write("commands/backend.yml", "commands: {} # pulled, and not yet read again\n");
        assertThat(gate.refused(gate.deploy(ANNA, "production")).code()).isEqualTo("plan");
    }
}
