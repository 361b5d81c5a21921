package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Failure;
import io.signalbox.bus.Outcome;
import io.signalbox.runner.Redaction;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConclusionTest {
    private static final Redaction REDACTION = Redaction.knowing(List.of("hunter2"));

    private final Tally tally = new Tally();

    @Test
    void allIsWellOnlyWithARecapInWhichEveryRequiredPlayHadAHost() {
        play("Build", true, "localhost");
        assertThat(of(0).reason()).isEqualTo("Ansible ended without a recap");
        recap("{\"localhost\": {\"ok\": 3, \"failures\": 0, \"unreachable\": 0}}");
        assertThat(of(0).outcome()).isEqualTo(Outcome.SUCCEEDED);
        play("Deploy", true);
        assertThat(of(0).reason()).isEqualTo("no host took part in 'Deploy', so nothing was done there");
        assertThat(of(0).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aPlayThatMayBeEmptyMayBeEmpty() {
        play("Build", true, "localhost");
        play("End the old ones", false);
        recap("{\"localhost\": {\"ok\": 3}}");

        assertThat(of(0).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aHostOfARequiredPlayMustBeInTheRecap() {
        play("Deploy", true, "web1");
        recap("{\"localhost\": {\"ok\": 1}}");

        assertThat(of(0).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void failuresInTheRecapCountMoreThanAnExitStatusOfZero() {
        play("Deploy", true, "web1", "web2");
        recap("{\"web1\": {\"ok\": 1}, \"web2\": {\"ok\": 1, \"unreachable\": 1}}");

        assertThat(of(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(of(0).reason()).contains("web2");
    }

    @Test
    void aPlaybookWithoutPlaysDidNothing() {
        recap("{}");

        assertThat(of(0).reason()).contains("no play");
    }

    @Test
    void theTaskThatFailedLastIsNamedWithWhatItSaid() {
        play("Deploy", true, "web1");
        tally.add("{\"event\":\"failed\",\"host\":\"web1\",\"task\":\"Try\",\"uuid\":\"1\",\"msg\":\"rescued\"}");
        tally.add("{\"event\":\"failed\",\"host\":\"web1\",\"task\":\"Ignore\",\"uuid\":\"2\",\"ignored\":true}");
        tally.add("{\"event\":\"failed\",\"host\":\"web1\",\"task\":\"Ask\",\"uuid\":\"3\","
                + "\"msg\":\"no\",\"stderr\":\"hunter2 is wrong\"}");
        recap("{\"web1\": {\"failures\": 1}}");
        Conclusion conclusion = of(2);

        assertThat(conclusion.reason()).isEqualTo("a task failed");
        assertThat(conclusion.failure())
                .isEqualTo(new Failure("Ask", List.of("web1"), List.of("no", "(secret) is wrong")));
    }

    @Test
    void aFailureThatWasRescuedIsNotTheOneThatIsToldOf() {
        play("Deploy", true, "web1", "web2");
        tally.add("{\"event\":\"failed\",\"host\":\"web1\",\"task\":\"Copy\",\"uuid\":\"1\",\"msg\":\"disk full\"}");
        tally.add("{\"event\":\"failed\",\"host\":\"web2\",\"task\":\"Try\",\"uuid\":\"2\",\"msg\":\"not yet\"}");
        recap("{\"web1\": {\"failures\": 1}, \"web2\": {\"ok\": 3, \"failures\": 0, \"rescued\": 1}}");

        assertThat(of(2).failure()).isEqualTo(new Failure("Copy", List.of("web1"), List.of("disk full")));
    }

    @Test
    void aTaskThatFailedOnSeveralHostsIsToldWithTheWordsOfEach() {
        play("Deploy", true, "web1", "web2", "web3");
        tally.add("{\"event\":\"failed\",\"host\":\"web2\",\"task\":\"Copy\",\"uuid\":\"1\",\"msg\":\"disk full\"}");
        tally.add("{\"event\":\"failed\",\"host\":\"web3\",\"task\":\"Copy\",\"uuid\":\"1\",\"msg\":\"rescued\"}");
        tally.add("{\"event\":\"unreachable\",\"host\":\"web1\",\"task\":\"Copy\",\"uuid\":\"1\",\"msg\":\"away\"}");
        recap("{\"web1\": {\"unreachable\": 1}, \"web2\": {\"failures\": 1}, \"web3\": {\"rescued\": 1}}");

        assertThat(of(2).failure())
                .isEqualTo(new Failure("Copy", List.of("web2", "web1"), List.of("web2: disk full", "web1: away")));
    }

    @Test
    void namesOfPlaysTasksAndHostsAreRedactedToo() {
        play("Log in with hunter2", true, "hunter2.example");
        tally.add("{\"event\":\"task\",\"name\":\"Ask hunter2\",\"number\":1}");
        tally.add("{\"event\":\"ok\",\"host\":\"hunter2.example\"}");
        assertThat(tally.progress(Expectation.NONE, Duration.ZERO, REDACTION).toString())
                .contains("Log in with (secret)", "Ask (secret)", "(secret).example")
                .doesNotContain("hunter2");
        recap("{}");
        assertThat(of(0).reason()).isEqualTo("no host took part in 'Log in with (secret)', so nothing was done there");
    }

    @Test
    void whatATaskKeepsSecretIsNotShown() {
        tally.add("{\"event\":\"failed\",\"host\":\"web1\",\"task\":\"Log in\",\"uuid\":\"1\",\"censored\":true}");

        assertThat(Objects.requireNonNull(of(2).failure()).lines())
                .containsExactly("(what it said is kept secret by the playbook)");
    }

    @Test
    void whatThePlaybookSaysOfItselfIsKeptAndCutAndRedacted() {
        tally.add("{\"event\":\"recap\",\"hosts\":{},\"stats\":{\"summary\":\"staged 7, hunter2\",\"ids\":[\"i-1\"],"
                + "\"long\":\"" + "x".repeat(5000) + "\"}}");

        assertThat(of(2).result())
                .containsEntry("summary", "staged 7, (secret)")
                .containsEntry("ids", "[\"i-1\"]");
        assertThat(of(2).result().get("long")).hasSize(2000);
    }

    @Test
    void everyEndOfTheWrapperHasAMeaning() {
        assertThat(outcome("{\"status\":\"exited\",\"code\":3}")).isEqualTo(Outcome.FAILED);
        assertThat(outcome("{\"status\":\"signalled\",\"signal\":9}")).isEqualTo(Outcome.FAILED);
        assertThat(outcome("{\"status\":\"timeout\",\"after_seconds\":5,\"code\":99}"))
                .isEqualTo(Outcome.TIMED_OUT);
        assertThat(outcome("{\"status\":\"cancelled\",\"signal\":2}")).isEqualTo(Outcome.CANCELLED);
        assertThat(outcome("{\"status\":\"cancelled\"}")).isEqualTo(Outcome.CANCELLED);
        assertThat(outcome("{\"status\":\"busy\",\"holder\":\"k7m3ab\"}")).isEqualTo(Outcome.BUSY);
        assertThat(outcome("{\"status\":\"not started\",\"reason\":\"no such file\"}"))
                .isEqualTo(Outcome.NOT_STARTED);
        assertThat(outcome("{\"status\":\"exited\",\"code\":0}")).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aProgramThatWasAskedToEndIsNotDoneWhateverItsStatusIs() {
        Conclusion cancelled = program("{\"status\":\"cancelled\",\"code\":0}");
        assertThat(cancelled.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(cancelled.reason()).isEqualTo("cancelled; it ended with status 0");
        Conclusion overdue = program("{\"status\":\"timeout\",\"after_seconds\":5,\"code\":0}");
        assertThat(overdue.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(overdue.reason()).isEqualTo("it took longer than 5 seconds; it ended with status 0");
    }

    @Test
    void aPlaybookThatWasDoneBeforeTheCancellationReachedItIsDone() {
        JsonObject exit = new JsonObject().put("status", "cancelled").put("code", 0);
        play("Build", true, "localhost");
        assertThat(Conclusion.of(exit, tally, "", REDACTION).reason())
                .isEqualTo("cancelled; Ansible ended without a recap");
        recap("{\"localhost\": {\"ok\": 3}}");
        assertThat(Conclusion.of(exit, tally, "", REDACTION).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aRunThatWasCancelledWithoutItsWrapperIsLost() {
        Conclusion conclusion = program("{\"status\":\"cancelled\",\"begun\":true}");
        assertThat(conclusion.outcome()).isEqualTo(Outcome.LOST);
        assertThat(conclusion.reason()).isEqualTo("cancelled; how far it had come is not known");
    }

    private static Outcome outcome(String exit) {
        return program(exit).outcome();
    }

    private static Conclusion program(String exit) {
        return Conclusion.of(new JsonObject(exit), null, "", REDACTION);
    }

    private Conclusion of(int code) {
        return Conclusion.of(new JsonObject().put("status", "exited").put("code", code), tally, "", REDACTION);
    }

    private void play(String name, boolean required, String... hosts) {
        tally.add(new JsonObject()
                .put("event", "play")
                .put("name", name)
                .put("hosts", List.of(hosts))
                .put("plays", 2)
                .put("required", required)
                .encode());
    }

    private void recap(String hosts) {
        tally.add("{\"event\":\"recap\",\"hosts\":" + hosts + ",\"stats\":{}}");
    }
}
