package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signalbox ping | ping",
                "@signalbox: ping | ping",
                "Signalbox, deploy backend staging | deploy backend staging",
                "/signalbox help | help",
                ".deploy backend staging | deploy backend staging",
                "  @signalbox   ping  | ping",
            })
    void takesTheNameOff(String text, String words) {
        assertThat(Addressing.addressed(said(text, "ops"))).contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I asked signalbox to deploy",
                "signalboxes are old",
                "... let us see",
                ".5 seconds is fine",
                "approve of it",
                "deploy backend staging",
            })
    void leavesTalkBetweenPeopleAlone(String text) {
        assertThat(Addressing.addressed(said(text, "ops"))).isEmpty();
        assertThat(Addressing.decided(said(text, "ops"))).isEmpty();
    }

    @Test
    void needsNoNameInADirectMessage() {
        assertThat(Addressing.addressed(said("ping", "@anna"))).contains("ping");
    }

    @Test
    void hearsTheNameAloneAsAnEmptyRequest() {
        assertThat(Addressing.addressed(said("signalbox", "ops"))).contains("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@signalbox\u00a0ping",
                "\u200bsignalbox ping",
                "signalbox\u200b ping",
                "\ufeff.ping",
                "signalbox:\u202fping"
            })
    void hearsItsNameAmongBlanksThatNobodySees(String text) {
        assertThat(Addressing.addressed(said(text, "ops"))).contains("ping");
    }

    @Test
    void findsADecisionAmongBlanksThatNobodySees() {
        assertThat(Addressing.decided(said("approve\u00a0k7m3ab\u200b", "ops")).map(Object::toString))
                .contains("k7m3ab");
    }

    @Test
    void findsTheCommandThatIsApprovedOrDeniedWithoutAName() {
        assertThat(Addressing.decided(said("approve k7m3ab", "ops")).map(Object::toString))
                .contains("k7m3ab");
        assertThat(Addressing.decided(said("approve K7M3AB", "ops")).map(Object::toString))
                .contains("k7m3ab");
        assertThat(Addressing.decided(said("approve k7m3ab.", "ops")).map(Object::toString))
                .contains("k7m3ab");
        assertThat(Addressing.decided(said("deny k7m3ab, too risky!", "ops")).map(Object::toString))
                .contains("k7m3ab");
        assertThat(Addressing.decided(said("Deny k7m3ab too risky", "ops")).map(Object::toString))
                .contains("k7m3ab");
    }

    private static Said said(String text, String room) {
        return new Said(new Person("play:anna", "anna"), Room.of("play", room), "m1", null, text, new Said.Aloud());
    }
}
