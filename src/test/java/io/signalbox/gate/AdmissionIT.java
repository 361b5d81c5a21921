package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Plan;
import io.signalbox.fixture.LocalRedis;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdmissionIT extends OpenGate {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    AdmissionIT() {
        super(REDIS);
    }

    @Test
    void aDeploymentIsAdmittedWithItsPlanAndItsLock() {
        String head = gate.project.push("second");
        CommandId id = gate.deploy(ANNA, "staging");
        Event.Admitted admitted = gate.admitted(id);
        Plan plan = Objects.requireNonNull(admitted.plan());
        assertThat(plan.commits()).containsEntry("ref", head);
        assertThat(plan.digest()).matches("[0-9a-f]{64}");
        assertThat(plan.content()).matches("[0-9a-f]{64}");
        assertThat(plan.summary()).anySatisfy(line -> assertThat(line).contains("ref main", head.substring(0, 8)));
        assertThat(plan.consequences()).containsExactly("what was live stays in staging until `terminate`");
        assertThat(admitted.lock()).isEqualTo("backend/staging");
        assertThat(REDIS.tell("HGET", "sb:lock:backend/staging", "command")).isEqualTo(id.value());
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEqualTo("backend/staging");
        assertThat(gate.story(id).events()).extracting(Event::kind).doesNotContain(Kind.APPROVAL_REQUESTED);
    }

    @Test
    void whoHasNoRoleIsToldWhoHasIt() {
        Event.Refused refused = gate.refused(gate.deploy(GUEST, "staging"));
        assertThat(refused.code()).isEqualTo("role");
        assertThat(refused.reason()).contains("needs the role deployer", "guest");
        assertThat(refused.help()).contains("deployer: anna, bert, carla.");
        assertThat(REDIS.tell("EXISTS", "sb:lock:backend/staging")).isEqualTo("0");
    }

    @Test
    void peopleOfOtherServicesAreRefused() {
        assertThat(gate.refused(gate.deploy("irc:anna", "staging")).code()).isEqualTo("member");
        assertThat(gate.refused(gate.say("irc:anna", "help")).code()).isEqualTo("member");
    }

    @Test
    void whatNoRoleMaySayNobodyMay() {
        Event.Refused refused = gate.refused(gate.say(OLGA, "backend.nobody", "environment", "staging"));
        assertThat(refused.code()).isEqualTo("role");
        assertThat(refused.reason()).contains("names no role");
    }

    @Test
    void whatTheCatalogHasLostIsRefused() {
        assertThat(gate.refused(gate.say(ANNA, "backend.gone")).code()).isEqualTo("catalog");
    }

    @Test
    void aBusyLockNamesItsHolder() {
        CommandId first = gate.deploy(ANNA, "staging");
        gate.admitted(first);
        Event.Refused refused = gate.refused(gate.deploy(BERT, "staging"));
        assertThat(refused.code()).isEqualTo("lock");
        assertThat(refused.reason())
                .isEqualTo("backend/staging is held by " + first + " (backend.deploy staging main, anna, 12:00 UTC).");
        assertThat(REDIS.tell("HGET", "sb:lock:backend/staging", "command")).isEqualTo(first.value());
    }

    @Test
    void ofTwoAtTheSameTimeOneIsAdmittedAndTheOtherNamesIt() {
        CommandId one = gate.deploy(ANNA, "staging");
        CommandId other = gate.deploy(BERT, "staging");
        List<Kind> states = List.of(
                gate.until(one, Kind.ADMITTED, Kind.REFUSED).state(),
                gate.until(other, Kind.ADMITTED, Kind.REFUSED).state());
        assertThat(states).containsExactlyInAnyOrder(Kind.ADMITTED, Kind.REFUSED);
        CommandId winner = states.get(0) == Kind.ADMITTED ? one : other;
        Event.Refused refused = gate.refused(winner.equals(one) ? other : one);
        assertThat(refused.code()).isEqualTo("lock");
        assertThat(refused.reason()).contains(winner.value());
    }

    @Test
    void theEndOfARunFreesItsLockForTheNext() {
        CommandId first = gate.deploy(ANNA, "staging");
        gate.admitted(first);
        gate.finish(first, Outcome.FAILED);
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();
        assertThat(gate.admitted(gate.deploy(BERT, "staging")).lock()).isEqualTo("backend/staging");
    }

    @Test
    void otherEnvironmentsHaveLocksOfTheirOwn() {
        gate.admitted(gate.deploy(ANNA, "staging"));
        assertThat(gate.admitted(gate.deploy(ANNA, "testing")).lock()).isEqualTo("backend/testing");
    }

    @Test
    void anUnknownReferenceIsRefusedWithWhatThereIs() {
        Event.Refused refused = gate.refused(gate.say(ANNA, "backend.deploy", "environment", "staging", "ref", "mian"));
        assertThat(refused.code()).isEqualTo("plan");
        assertThat(refused.reason()).contains("'mian'", "main");
        assertThat(REDIS.tell("SMEMBERS", "sb:locks")).isEmpty();
    }

    @Test
    void whatIsSaidAsAReferenceIsNeverAnOptionOrCode() {
        for (String evil : List.of("--upload-pack=touch pwned", "$(touch pwned)", "{{ lookup('pipe','id') }}")) {
            assertThat(gate.refused(gate.say(ANNA, "backend.deploy", "environment", "staging", "ref", evil))
                            .code())
                    .isEqualTo("plan");
        }
        assertThat(gate.project.folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void whileNobodyRecordsNothingStartsAndNothingChanges() {
        gate.auditCloses("Kafka does not answer");
        Event.Refused refused = gate.refused(gate.deploy(ANNA, "staging"));
        assertThat(refused.code()).isEqualTo("audit");
        assertThat(refused.reason()).contains("Kafka does not answer", "nothing was done");
        assertThat(gate.refused(gate.say(OLGA, "reload")).code()).isEqualTo("audit");
        assertThat(gate.refused(gate.say(OLGA, "grant", "person", "play:guest", "role", "deployer"))
                        .code())
                .isEqualTo("audit");
        assertThat(gate.answer(gate.say(ANNA, "who-am-i"))).contains("play:anna");
        assertThat(gate.admitted(gate.say(ANNA, "help")).plan()).isNull();
    }

    @Test
    void anAuditLogThatSaysNothingIsClosed() {
        REDIS.tell("DEL", "sb:audit:status");
        assertThat(gate.refused(gate.deploy(ANNA, "staging")).reason()).contains("nobody is recording");
    }

    @Test
    void afterAStartAnAuditLogThatOpensAMomentLaterIsWaitedFor() {
        gate.die();
        REDIS.tell("DEL", "sb:audit:status");
        CommandId id = gate.deploy(ANNA, "staging");
        gate.deploy(Duration.ofSeconds(60));
        gate.until(gate.say(ANNA, "help"), Kind.ADMITTED);
        assertThat(gate.story(id).state()).isEqualTo(Kind.UNDERSTOOD);
        gate.auditOpens();
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/staging");
    }

    @Test
    void withoutABrainItStartsAllTheSameAndGoesOnWhenTheBrainIsBack() {
        CommandId before = gate.deploy(ANNA, "staging");
        gate.admitted(before);
        gate.die();
        CommandId waiting = gate.deploy(BERT, "staging");
        REDIS.kill();
        gate.deploy(Duration.ZERO);
        REDIS.start();
        gate.auditOpens();
        assertThat(gate.refused(waiting).reason()).contains(before.value());
    }

    @Test
    void aBrainThatGoesAwayDuringTheWorkIsWaitedFor() {
        CommandId id = gate.deploy(ANNA, "staging");
        REDIS.kill();
        REDIS.start();
        gate.auditOpens();
        assertThat(gate.admitted(id).lock()).isEqualTo("backend/staging");
        gate.finish(id, Outcome.SUCCEEDED);
        assertThat(gate.end(id).kind()).isEqualTo(Kind.FINISHED);
    }
}
