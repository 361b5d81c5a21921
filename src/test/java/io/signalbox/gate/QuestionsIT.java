package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.fixture.LocalRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code can i}, {@code who can}, and what help may show. */
class QuestionsIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    QuestionsIT() {
        super(REDIS);
    }

    @Test
    void whatNothingIsAgainstIsAYesAndDoesNothing() {
        CommandId asked = canI(ANNA, "backend.deploy staging");
        assertThat(gate.answer(asked))
                .startsWith("Yes, anna may say `backend.deploy staging main` here.")
                .contains("planned is found out");
        assertThat(gate.story(asked).events())
                .extracting(Event::kind)
                .containsExactly(Kind.REQUESTED, Kind.UNDERSTOOD, Kind.ADMITTED, Kind.ANSWERED);
        assertThat(REDIS.tell("GET", "sb:seq")).isEqualTo("4");
        assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
        assertThat(gate.project.folder.resolve("state")).doesNotExist();
    }

    @Test
    void whoElseHasToAgreeIsNamed() {
        assertThat(gate.answer(canI(ANNA, "backend.deploy production")))
                .startsWith("Yes, anna may say")
                .contains("Then another deployer has to agree: bert, carla.");
    }

    @Test
    void everythingInTheWayIsToldAtOnceInTheWordsOfTheGate() {
        CommandId holder = gate.deploy(ANNA, "staging");
        gate.admitted(holder);
        Event.Refused role = gate.refused(gate.deploy(GUEST, "staging"));
        Event.Refused lock = gate.refused(gate.deploy(BERT, "staging"));
        gate.auditCloses("Kafka does not answer");
        Event.Refused audit = gate.refused(gate.deploy(BERT, "staging"));
        String answer = gate.answer(canI(GUEST, "backend.deploy staging"));
        assertThat(answer.lines().filter(line -> line.startsWith("- ")))
                .containsExactly("- " + role.reason(), "- " + audit.reason(), "- " + lock.reason());
        assertThat(answer).startsWith("No, `backend.deploy staging main` would be refused:");
        assertThat(answer.lines()).contains("  deployer: anna, bert, carla.");
    }

    @Test
    void whatNobodyCouldApproveIsANo() {
        gate.answer(gate.say(OLGA, "revoke", "person", BERT, "role", "deployer"));
        gate.answer(gate.say(OLGA, "revoke", "person", CARLA, "role", "deployer"));
        assertThat(gate.answer(canI(ANNA, "backend.deploy production")))
                .contains("- This needs another deployer to approve it, and nobody else can.");
        assertThat(gate.answer(gate.say(ANNA, "who-can", "words", "backend.deploy production")))
                .endsWith("  for anna: nobody can");
    }

    @Test
    void aWordOfTheGateAnswersAsItWould() {
        CommandId waiting = gate.deploy(ANNA, "production");
        gate.approvalRequested(waiting);
        assertThat(gate.answer(canI(ANNA, "approve " + waiting))).contains("No,", "not by yourself");
        assertThat(gate.answer(canI(BERT, "approve " + waiting))).startsWith("Yes, bert may say");
        assertThat(gate.story(waiting).state()).isEqualTo(Kind.APPROVAL_REQUESTED);
    }

    @Test
    void wordsThatMeanNothingGetTheUsualHelp() {
        Event.Refused refused = gate.refused(canI(ANNA, "backend.deploy stagnig"));
        assertThat(refused.code()).isEqualTo("misunderstood");
        assertThat(refused.reason()).contains("stagnig", "did you mean 'staging'?");
    }

    @Test
    void whoMaySayItIsToldByRoleAndWhoMayApproveItForWhom() {
        assertThat(gate.answer(gate.say(GUEST, "who-can", "words", "backend.deploy production")))
                .isEqualTo("""
                        `backend.deploy production main` can be said by
                          deployer: anna, bert, carla
                        and then another deployer has to agree,
                          for anna: bert, carla
                          for bert: anna, carla
                          for carla: anna, bert""");
        assertThat(gate.answer(gate.say(GUEST, "who-can", "words", "backend.deploy staging")))
                .isEqualTo("`backend.deploy staging main` can be said by\n  deployer: anna, bert, carla");
        assertThat(gate.answer(gate.say(GUEST, "who-can", "words", "locks"))).endsWith("everyone: every member");
    }

    @Test
    void whatSomebodyMaySayFollowsHisRoles() {
        assertThat(gate.sayable(GUEST)).contains("locks", "can-i").doesNotContain("backend.deploy", "backend.nobody");
        assertThat(gate.sayable(ANNA)).contains("locks", "backend.deploy").doesNotContain("backend.nobody");
        assertThat(gate.sayable("irc:anna")).isEmpty();
    }

    @Test
    void theLockOfARunUnderWayIsInTheWayUntilItEnds() {
        CommandId run = gate.deploy(ANNA, "staging");
        gate.admitted(run);
        assertThat(gate.answer(canI(ANNA, "backend.deploy staging"))).contains("is held by " + run);
        gate.finish(run, Outcome.SUCCEEDED);
        assertThat(gate.answer(canI(ANNA, "backend.deploy staging"))).startsWith("Yes");
    }

    private CommandId canI(String person, String words) {
        return gate.say(person, "can-i", "words", words);
    }
}
