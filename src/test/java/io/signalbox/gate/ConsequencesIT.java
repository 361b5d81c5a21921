package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Commit;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Manner;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Outlook;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.bus.Room;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A swap whose plan announces the end of {@code i-2}, two hours after it; who may end instances is nobody here. */
class ConsequencesIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    ConsequencesIT() {
        super(REDIS);
    }

    private CommandId swapped(Outcome outcome) {
        CommandId swap = gate.say(ANNA, "backend.swap", "environment", "staging");
        gate.admitted(swap);
        gate.finish(swap, outcome);
        return swap;
    }

    /** As the run stage says it. */
    private CommandId follows(CommandId cause, String hosts) {
        CommandId id = CommandId.fresh();
        Instant now = gate.clock.instant();
        Manner manner = new Manner(true, now.plus(Duration.ofHours(2)));
        gate.commit(Commit.of(
                new Event.Requested(id, now, new Person(ANNA, "anna"), new Room("play:ops"), "after", "end", cause),
                new Event.Understood(
                        id, now, new Instruction("backend.end", "end " + hosts, Map.of("hosts", hosts), manner))));
        return id;
    }

    private CommandId scheduled() {
        CommandId id = follows(swapped(Outcome.SUCCEEDED), "i-2");
        assertThat(gate.until(id, Kind.SCHEDULED, Kind.REFUSED).state()).isEqualTo(Kind.SCHEDULED);
        return id;
    }

    @Test
    void thePlanSaysWhatComesAndWhen() {
        CommandId swap = gate.say(ANNA, "backend.swap", "environment", "staging");
        Plan plan = Objects.requireNonNull(gate.admitted(swap).plan());
        assertThat(plan.consequences()).startsWith("2h later: `end i-2`");
        assertThat(plan.outlook().later())
                .containsExactly(new Outlook.Later(
                        new Instruction("backend.end", "end i-2", Map.of("hosts", "i-2")), Duration.ofHours(2)));
    }

    @Test
    void nothingFollowsFromAnEmptyList() {
        gate.project.world("{\"swap\": {\"in\": [], \"refused\": null}}");
        CommandId swap = gate.say(ANNA, "backend.swap", "environment", "staging");
        Plan plan = Objects.requireNonNull(gate.admitted(swap).plan());
        assertThat(plan.outlook().isEmpty()).isTrue();
    }

    @Test
    void itComesWithoutRoleOrApprovalSinceItWasAnnounced() {
        CommandId id = scheduled();
        gate.clock.pass(Duration.ofHours(2));
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/staging");
        assertThat(gate.story(id).last(Event.ApprovalRequested.class)).isEmpty();
    }

    @Test
    void whatNoPlanAnnouncedIsRefused() {
        assertThat(gate.refused(follows(swapped(Outcome.SUCCEEDED), "i-3")).code())
                .isEqualTo("cause");
        assertThat(gate.refused(follows(CommandId.fresh(), "i-2")).code()).isEqualTo("cause");
    }

    @Test
    void nothingFollowsFromWhatFailed() {
        assertThat(gate.refused(follows(swapped(Outcome.FAILED), "i-2")).code()).isEqualTo("cause");
    }

    @Test
    void aLockThatIsHeldIsWaitedFor() {
        CommandId id = scheduled();
        CommandId other = gate.deploy(BERT, "staging");
        gate.admitted(other);
        gate.clock.pass(Duration.ofHours(3));
        GateRig.await(gate.sweeps());
        assertThat(gate.story(id).state()).isEqualTo(Kind.SCHEDULED);
        gate.finish(other, Outcome.SUCCEEDED);
        gate.admitted(id);
    }

    @Test
    void whatServesAgainIsNotEnded() {
        CommandId id = scheduled();
        gate.project.world("{\"end\": {\"refused\": \"i-2 is live\"}}");
        gate.clock.pass(Duration.ofHours(2));
        assertThat(gate.refused(id).reason()).isEqualTo("I-2 is live.");
    }

    @Test
    void whatIsAvertedIsVoid() {
        CommandId id = scheduled();
        REDIS.tell("HSET", "sb:command:" + id, "averted", "`rollback` (k7m2pq) has changed what it was about.");
        assertThat(((Event.Voided) gate.end(id)).reason())
                .isEqualTo("`rollback` (k7m2pq) has changed what it was about.");
    }

    @Test
    void itIsKeptForLongerByOneWord() {
        CommandId id = scheduled();
        assertThat(gate.refused(keep(GUEST, "6h")).code()).isEqualTo("nothing");
        CommandId word = gate.say(BERT, "keep", "app", "backend", "place", "i-2", "time", "6h");
        assertThat(gate.answer(word)).isEqualTo("Moved: `end i-2` (" + id + ") comes at 2026-11-21 18:00 UTC.");
        gate.clock.pass(Duration.ofHours(3));
        GateRig.await(gate.sweeps());
        assertThat(gate.story(id).state()).isEqualTo(Kind.SCHEDULED);
        assertThat(gate.refused(gate.say(BERT, "keep", "app", "backend", "place", "i-2"))
                        .reason())
                .isEqualTo("For how long? `end i-2` (" + id + ") comes at 2026-11-21 18:00 UTC.");
        assertThat(gate.refused(gate.say(BERT, "keep", "app", "backend", "place", "i-2", "time", "1h"))
                        .reason())
                .startsWith("It is kept longer than that already");
        assertThat(gate.refused(gate.say(BERT, "keep", "app", "backend", "place", "i-2", "time", "999h"))
                        .reason())
                .endsWith("kept for 7 days at most.");
        assertThat(gate.refused(gate.say(ANNA, "move", "id", id.value(), "when", "in 1m"))
                        .code())
                .isEqualTo("consequence");
    }

    private CommandId keep(String person, String time) {
        return gate.say(person, "keep", "app", "frontend", "place", "i-2", "time", time);
    }
}
