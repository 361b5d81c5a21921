package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.LocalRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WhyNotIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    WhyNotIT() {
        super(REDIS);
    }

    @Test
    void theNewestCommandOfThePersonIsMeantPassingOverQuestions() {
        gate.refused(gate.deploy(GUEST, "staging"));
        CommandId newest = gate.deploy(GUEST, "production");
        Event.Refused refused = gate.refused(newest);
        gate.admitted(gate.deploy(ANNA, "testing"));
        gate.answer(gate.say(GUEST, "locks"));
        assertThat(whyNot(GUEST))
                .startsWith(newest + " (`backend.deploy production main`) was refused: " + refused.reason())
                .contains("deployer: anna, bert, carla.");
        // The question itself is answered, so asking again tells the same.
        assertThat(whyNot(GUEST)).startsWith(newest + " ");
        assertThat(gate.refused(gate.say(OLGA, "why-not")).reason())
                .isEqualTo("Nothing that you said here lately was refused or waits.");
    }

    @Test
    void whatWaitsForAYesTellsWhoseAndUntilWhen() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        assertThat(whyNot(ANNA)).endsWith("waits for another deployer to agree: bert, carla, until 12:05 UTC.");
        gate.clock.pass(GateRig.APPROVAL_TIME.plusSeconds(1));
        gate.end(id);
        assertThat(whyNot(ANNA)).endsWith("was not approved in time: another deployer could agree until 12:05 UTC.");
    }

    @Test
    void whatWasDeniedTellsByWhomAndWhy() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        gate.answer(gate.say(BERT, "deny", "id", id.value(), "reason", "not on a friday"));
        assertThat(whyNot(ANNA)).endsWith("was denied by bert: not on a friday");
    }

    @Test
    void whatIsNoLongerWhatWasApprovedTellsWhatHasChanged() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        gate.project.push("second");
        gate.answer(gate.say(BERT, "approve", "id", id.value()));
        gate.until(id, Kind.VOIDED);
        assertThat(whyNot(ANNA)).contains("is void: it is no longer what was to be approved: ref was commit");
    }

    @Test
    void anApprovedCommandTellsWhatHoldsItUp() {
        CommandId id = gate.deploy(ANNA, "production");
        gate.approvalRequested(id);
        CommandId yes = gate.say(BERT, "approve", "id", id.value());
        gate.answer(yes);
        gate.admitted(id);
        assertThat(whyNot(ANNA)).endsWith("is not refused: it waits for its turn.");
        gate.finish(id, Outcome.FAILED);
        assertThat(whyNot(ANNA)).contains("was let through and ended as failed: as the test says", "`log " + id + "`");
    }

    @Test
    void aCommandIsNamedByItsIdByWhomeverAsks() {
        CommandId id = gate.deploy(GUEST, "staging");
        gate.refused(id);
        assertThat(gate.answer(gate.say(BERT, "why-not", "id", id.value()))).startsWith(id + " (`backend.deploy");
    }

    @Test
    void wordsThatWereNotSaidYetAreAnsweredAsCanIWould() {
        assertThat(gate.answer(gate.say(GUEST, "why-not", "words", "backend.deploy staging")))
                .startsWith("No, `backend.deploy staging main` would be refused:");
        // Six letters may be an id, and may be a word.
        assertThat(gate.refused(gate.say(GUEST, "why-not", "id", "k7m3ab")).code())
                .isEqualTo("misunderstood");
    }

    private String whyNot(String person) {
        return gate.answer(gate.say(person, "why-not"));
    }
}
