package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalWordingTest extends StoryToTell {
    @Test
    void theRequestForApprovalShowsThePlanMentionsTheOthersAndOffersButtons() {
        Message message = ApprovalWording.messages(story(understood(), asked())).get(0);
        assertThat(message.text())
                .contains("needs another deployer", "approve k7m3ab", "version 2 goes in", "plan 01234567");
        assertThat(message.mentions()).containsExactly("play:carla");
        assertThat(message.buttons())
                .containsExactly(
                        new Message.Button("Approve", "approve k7m3ab 01234567"),
                        new Message.Button("Deny", "deny k7m3ab"));
    }

    @Test
    void aDecidedRequestOffersNoButtonsAndSaysWhoApproved() {
        var story = story(
                understood(),
                asked(),
                new Event.ApprovalGiven(ID, AT, CARLA, PLAN.digest()),
                new Event.Admitted(ID, AT, PLAN, "backend/production"));
        Message message = ApprovalWording.messages(story).get(0);
        assertThat(message.buttons()).isEmpty();
        assertThat(message.text()).contains("Approved by carla");
    }

    @Test
    void ofSeveralWhoAreNeededItSaysWhoHasAgreedAndWhoMayStill() {
        var two = new Event.ApprovalRequested(
                ID, AT, PLAN, "deployer", 2, List.of("play:carla", "play:bert"), AT.plusSeconds(300));
        var first = new Event.ApprovalGiven(ID, AT, CARLA, PLAN.digest());
        Message half = ApprovalWording.messages(marked(Map.of("awaited", "bert"), understood(), two, first))
                .get(0);
        assertThat(half.text())
                .contains("needs 2 others with the role deployer: approve k7m3ab")
                .endsWith("1 of 2: carla. Still asked: bert.");
        assertThat(half.mentions()).containsExactly("play:bert");
        assertThat(half.buttons()).hasSize(2);

        var second = new Event.ApprovalGiven(ID, AT, new Person("play:bert", "bert"), PLAN.digest());
        Message whole = ApprovalWording.messages(story(understood(), two, first, second))
                .get(0);
        assertThat(whole.text()).endsWith("Approved by carla and bert.");
        assertThat(whole.buttons()).isEmpty();
    }

    @Test
    void aReminderIsAMessageOfItsOwnAsLongAsNothingIsDecided() {
        Map<String, String> marks =
                Map.of("reminded", String.valueOf(AT.plusSeconds(241).toEpochMilli()));
        Message reminder =
                ApprovalWording.messages(marked(marks, understood(), asked())).get(1);
        assertThat(reminder.key()).isEqualTo("k7m3ab/reminder");
        assertThat(reminder.text())
                .isEqualTo("`deploy backend staging` (k7m3ab) still needs another deployer, and in 59 seconds it is too"
                        + " late: approve k7m3ab (or deny k7m3ab).");
        assertThat(reminder.mentions()).containsExactly("play:carla");
        Story denied = marked(marks, understood(), asked(), new Event.Denied(ID, AT, CARLA, null));
        assertThat(ApprovalWording.messages(denied).stream().map(Message::key)).doesNotContain("k7m3ab/reminder");
    }

    @Test
    void aBrokenGlassCallsEverybodyAndStays() {
        var glass = new Event.GlassBroken(ID, AT, CARLA, PLAN.digest(), "production is down");
        Map<String, String> called = Map.of("called", "play:bert play:olga");
        for (Story story : List.of(
                marked(called, understood(), asked(), glass),
                marked(called, understood(), asked(), glass, admitted(), dispatched()))) {
            Message message = ApprovalWording.messages(story).get(1);
            assertThat(message.key()).isEqualTo("k7m3ab/glass");
            assertThat(message.last()).isTrue();
            assertThat(message.text())
                    .isEqualTo("GLASS BROKEN: carla lets `deploy backend staging` (k7m3ab) of anna run without the"
                            + " approval it needs.\nReason: production is down");
            assertThat(message.mentions()).containsExactly("play:bert", "play:olga");
            assertThat(ApprovalWording.messages(story).get(0).text())
                    .endsWith("Without approval: carla broke the glass.");
        }
    }

    @Test
    void whatIsAskedAgainIsANewMessage() {
        Story again = story(
                understood(),
                asked(),
                new Event.ApprovalGiven(ID, AT, CARLA, PLAN.digest()),
                new Event.Queued(ID, AT, "backend/staging", 1, AT.plusSeconds(60)),
                asked());
        Message message = ApprovalWording.messages(again).get(0);
        assertThat(message.key()).isEqualTo("k7m3ab/approval-2");
        assertThat(message.buttons()).hasSize(2);
    }

    @Test
    void peopleAreRemindedAMinuteBeforeTheEndAndOfAShortTimeHalfWay() {
        assertThat(asked().reminder()).isEqualTo(AT.plusSeconds(240));
        Instant soon = AT.plusSeconds(90);
        assertThat(new Event.ApprovalRequested(ID, AT, PLAN, "deployer", List.of(), soon).reminder())
                .isEqualTo(AT.plus(Duration.ofSeconds(45)));
    }
}
