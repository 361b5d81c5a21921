package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bus.Plan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The small parts that plans and texts are made of. */
class PlanPartsTest {
    private static final String OLD = "a".repeat(40);
    private static final String NEW = "b".repeat(40);

    @Test
    void saysWhichCommitHasMoved() {
        assertThat(Drift.between(plan(OLD, "c", null), plan(NEW, "c", null)))
                .isEqualTo("it is no longer what was to be approved: ref was commit aaaaaaaa and is now bbbbbbbb.");
    }

    @Test
    void saysThatPlaybooksOrFactsHaveChanged() {
        assertThat(Drift.between(plan(OLD, "c", "{\"in\":1}"), plan(OLD, "d", "{\"in\":2}")))
                .contains("playbooks, roles, inventory or catalog have changed", "{\"in\":1} is now {\"in\":2}");
    }

    @Test
    void factsNameWhatGoesInAndOut() {
        Facts facts = Facts.read("""
                {"environment": "staging",
                 "swap": {"in": [{"id": "i-2", "version": "1.1"}], "out": [{"id": "i-1", "version": "1.0"}],
                          "retire": [], "from": {"commit": "abc"}, "to": {"commit": "def"}, "refused": null}}""");
        assertThat(facts.lines()).containsExactly("in: i-2 (1.1)", "out: i-1 (1.0)");
        assertThat(facts.from()).contains("abc");
        assertThat(facts.to()).contains("def");
        assertThat(facts.refused()).isEmpty();
    }

    @Test
    void nothingInFactsMovesAnApproversTerminal() {
        Facts facts = Facts.read("{\"swap\": {\"in\": [{\"id\": \"i-\u202e2\", \"version\": \"1\u009b.1\"}]}}");
        assertThat(facts.lines()).containsExactly("in: i-2 (1.1)");
        assertThat(Drift.between(plan(OLD, "c", "{\"in\":\"\u202e1\"}"), plan(OLD, "c", null)))
                .contains("{\"in\":\"1\"} is now nothing");
    }

    @Test
    void factsCanRefuse() {
        assertThat(Facts.read("{\"swap\": {\"refused\": \"nothing waits\"}}").refused())
                .contains("nothing waits");
        assertThatThrownBy(() -> Facts.read("[1]")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timesOfAnotherDayHaveTheirDay() {
        Instant now = Instant.parse("2026-11-21T12:03:00Z");
        assertThat(Times.shown(now, now)).isEqualTo("12:03 UTC");
        assertThat(Times.shown(now.minusSeconds(86400), now)).isEqualTo("2026-11-20 12:03 UTC");
    }

    @Test
    void theTurnstileLetsTwoInAndTheOthersInTurn() {
        Turnstile turnstile = new Turnstile(2);
        List<Promise<String>> begun = new ArrayList<>();
        List<Future<String>> results = new ArrayList<>();
        for (int index = 0; index < 4; index++) {
            results.add(turnstile.pass(() -> {
                Promise<String> promise = Promise.promise();
                begun.add(promise);
                return promise.future();
            }));
        }
        assertThat(begun).hasSize(2);
        begun.get(1).fail("it may fail");
        assertThat(begun).hasSize(3);
        begun.get(0).complete("first");
        begun.get(2).complete("third");
        begun.get(3).complete("fourth");
        assertThat(results.stream().map(Future::succeeded)).containsExactly(true, false, true, true);
        assertThat(results.get(3).result()).isEqualTo("fourth");
    }

    @Test
    void workThatThrowsLeavesTheTurnstileFree() {
        Turnstile turnstile = new Turnstile(1);
        assertThat(turnstile
                        .<String>pass(() -> {
                            throw new IllegalStateException("at once");
                        })
                        .failed())
                .isTrue();
        assertThat(turnstile.pass(() -> Future.succeededFuture("next")).result())
                .isEqualTo("next");
    }

    private static Plan plan(String commit, String content, @Nullable String facts) {
        return new Plan(
                commit,
                content,
                new TreeMap<>(Map.of("ref", commit)),
                new TreeMap<>(Map.of("ref", "file:///srv/backend.git")),
                facts,
                List.of(),
                List.of());
    }
}
