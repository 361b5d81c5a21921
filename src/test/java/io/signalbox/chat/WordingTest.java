package io.signalbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Failure;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Progress;
import io.signalbox.catalog.Catalog;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordingTest extends StoryToTell {
    private final Wording wording = new Wording(new RunWording(SmallCatalog::catalog, ZoneId.of("UTC")));

    @Test
    void everyEndOfACommandSaysSomethingFinal() {
        EnumSet<Kind> said = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (kind.isTerminal()) {
                List<Message> messages = wording.messages(ending(kind), null);
                Message newest = messages.get(messages.size() - 1);
                assertThat(newest.last()).as(kind.title()).isTrue();
                assertThat(newest.text()).as(kind.title()).isNotBlank();
                said.add(kind);
            }
        }
        assertThat(said).hasSize(8);
    }

    @Test
    void aFinalMessageIsNeverFollowedByALivingOneOfTheSameKey() {
        List<Message> messages = wording.messages(ending(Kind.FINISHED), null);
        assertThat(messages).allMatch(Message::last);
        assertThat(messages.stream().map(Message::key)).doesNotHaveDuplicates();
    }

    @Test
    void whoWaitedForApprovalIsNotifiedOfARefusal() {
        List<Message> messages = wording.messages(
                story(
                        understood(),
                        asked(),
                        new Event.ApprovalGiven(ID, AT, CARLA, PLAN.digest()),
                        new Event.Refused(ID, AT, "lock", "the lock is taken", List.of())),
                null);
        assertThat(messages.stream().map(Message::key))
                .containsExactly("k7m3ab/approval", "k7m3ab/living", "k7m3ab/end");
        assertThat(messages.get(1).text()).endsWith("was not done.");
        assertThat(messages.get(2).text()).isEqualTo("the lock is taken");
        assertThat(messages.get(2).mentions()).containsExactly("play:anna");
    }

    @Test
    void aRefusalThatComesAtOnceIsTheLastWordOfTheLivingMessage() {
        assertThat(wording.messages(ending(Kind.REFUSED), null))
                .singleElement()
                .satisfies(message -> assertThat(message.key()).isEqualTo("k7m3ab/living"));
    }

    @Test
    void whatWaitsForATimeSaysWhenAndHowToEndIt() {
        var scheduled = new Event.Scheduled(ID, AT, AT.plus(Duration.ofHours(19)));
        assertThat(wording.messages(story(understood(), scheduled), null))
                .singleElement()
                .satisfies(message -> assertThat(message.text())
                        .isEqualTo("`deploy backend staging` (k7m3ab) is scheduled for 2026-11-02 07:00 UTC;"
                                + " `cancel k7m3ab` ends that."));
        Message asked =
                wording.messages(story(understood(), scheduled, asked()), null).get(0);
        assertThat(asked.mentions()).containsExactly("play:carla", "play:anna");
        var refused = new Event.Refused(ID, AT, "lock", "backend/production is held.", List.of());
        List<Message> messages = wording.messages(story(understood(), scheduled, refused), null);
        assertThat(messages).hasSize(2);
        assertThat(messages.get(1).text()).isEqualTo("backend/production is held.");
        assertThat(messages.get(1).mentions()).containsExactly("play:anna");
    }

    @Test
    void aRunUnderWayIsOneLivingMessage() {
        var progress = new Progress(
                "Configure",
                2,
                5,
                "Install the unit",
                14,
                32,
                List.of(new Progress.HostProgress("i-1", 12, 5, 0, false)),
                Duration.ofSeconds(23),
                Duration.ofSeconds(30));
        var story = story(understood(), admitted(), dispatched(), new Event.Started(ID, AT, 7, 8, "boot"));
        List<Message> messages = wording.messages(story, progress);
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).last()).isFalse();
        assertThat(messages.get(0).text())
                .contains("0:23", "about 0:30 left", "stage 2/5 Configure", "task 14 of about 32: Install the unit")
                .contains("i-1: ok 12, changed 5");
    }

    @Test
    void aFailureShowsTaskHostLinesAndWhereTheLogIs() {
        var finished = new Event.Finished(
                ID,
                AT.plusSeconds(43),
                Outcome.FAILED,
                2,
                "a task failed",
                new TreeMap<>(),
                new Failure("Install the unit", List.of("i-1"), List.of("no such file")));
        var story = story(understood(), admitted(), dispatched(), new Event.Started(ID, AT, 7, 8, "boot"), finished);
        Message result = wording.messages(story, null).get(1);
        assertThat(result.text())
                .contains("failed after 0:43: a task failed", "Install the unit on i-1", "no such file", "log k7m3ab");
        assertThat(result.mentions()).containsExactly("play:anna");
    }

    @Test
    void aGoodResultOffersTheNextCommandsWithTheSameArguments() {
        Message result = wording.messages(ending(Kind.FINISHED), null).get(1);
        assertThat(result.buttons()).containsExactly(new Message.Button("Swap", "swap backend staging"));
    }

    @Test
    void whatWaitsForItsTurnIsToldWhy() {
        Story waiting = story(understood(), admitted());
        Story told = new Story(
                waiting.id(), waiting.sequence(), waiting.events(), Map.of("waits", "place 2: no more than 8 at once"));
        assertThat(wording.messages(told, null))
                .singleElement()
                .satisfies(living -> assertThat(living.text())
                        .endsWith("is admitted and waits for its turn, place 2: no more than 8 at once."));
    }

    @Test
    void aRunWhoseCommandHasLeftTheCatalogIsToldToItsEnd() {
        Wording afterReload = new Wording(new RunWording(() -> new Catalog(Map.of(), Map.of(), ""), ZoneId.of("UTC")));
        Story admitted = story(understood(), admitted());
        assertThat(afterReload.messages(admitted, null))
                .singleElement()
                .satisfies(living -> assertThat(living.text()).contains("waits for its turn"));
        List<Message> messages = afterReload.messages(ending(Kind.FINISHED), null);
        assertThat(messages.stream().map(Message::key)).containsExactly("k7m3ab/living", "k7m3ab/result");
        assertThat(messages.get(1).text()).contains("done in");
        assertThat(afterReload.messages(ending(Kind.ANSWERED), null)).hasSize(1);
    }

    private static Story ending(Kind kind) {
        return switch (kind) {
            case MISUNDERSTOOD -> story(new Event.Misunderstood(ID, AT, "no such word", List.of("try help")));
            case DENIED -> story(understood(), asked(), new Event.Denied(ID, AT, CARLA, "too late"));
            case WITHDRAWN -> story(understood(), asked(), new Event.Withdrawn(ID, AT, ANNA));
            case EXPIRED -> story(understood(), asked(), new Event.Expired(ID, AT));
            case VOIDED -> story(understood(), asked(), new Event.Voided(ID, AT, "main has moved."));
            case REFUSED -> story(understood(), new Event.Refused(ID, AT, "role", "you may not", List.of("ask olga")));
            case ANSWERED ->
                story(
                        new Event.Understood(ID, AT, new Instruction("bot.ping", "ping", Map.of())),
                        new Event.Admitted(ID, AT, null, null),
                        new Event.Answered(ID, AT, "pong"));
            case FINISHED ->
                story(
                        understood(),
                        admitted(),
                        dispatched(),
                        new Event.Started(ID, AT, 7, 8, "boot"),
                        new Event.Finished(ID, AT, Outcome.SUCCEEDED, 0, "", new TreeMap<>(), null));
            case REQUESTED,
                    UNDERSTOOD,
                    SCHEDULED,
                    QUEUED,
                    APPROVAL_REQUESTED,
                    APPROVAL_GIVEN,
                    GLASS_BROKEN,
                    ADMITTED,
                    DISPATCHED,
                    STARTED -> throw new IllegalArgumentException(kind + " ends nothing");
        };
    }
}
