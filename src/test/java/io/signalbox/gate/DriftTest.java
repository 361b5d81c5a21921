package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Plan;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever a plan pins and what has changed since is named to those who agreed to it. */
class DriftTest {
    private static final Plan AGREED = plan(Map.of());

    /** By the plan's own names: what it has become, and how that is said. */
    private static final Map<String, Map.Entry<Object, String>> CHANGES = Map.of(
            "content", Map.entry("d", "playbooks, roles, inventory or catalog have changed"),
            "commits",
                    Map.entry(new TreeMap<>(Map.of("ref", "b".repeat(40))), "ref was commit aaaaaaaa and is now bbbb"),
            "repositories",
                    Map.entry(new TreeMap<>(Map.of("ref", "file:///other.git")), "the repository is another one"),
            "facts", Map.entry("{\"in\":2}", "{\"in\":1} is now {\"in\":2}"),
            "consequences", Map.entry(List.of("i-2 ends"), "its consequences have changed: i-2 ends"));

    /** What is only shown, what stands among the consequences too, and the digest of all the rest. */
    private static final Set<String> NOT_PINNED = Set.of("digest", "summary", "outlook");

    @Test
    void eachPinnedThingIsNamedWhenItDrifts() {
        CHANGES.forEach((pinned, change) -> assertThat(Drift.between(AGREED, plan(Map.of(pinned, change.getKey()))))
                .as(pinned)
                .isEqualTo("it is no longer what was to be approved: " + said(pinned, change.getValue()) + "."));
    }

    private static String said(String pinned, String part) {
        return switch (pinned) {
            case "commits" -> part + "bbbb";
            case "facts" -> "what it would change has changed: " + part;
            default -> part;
        };
    }

    @Test
    void nothingThatAPlanPinsIsForgottenHere() {
        assertThat(Arrays.stream(Plan.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(name -> !NOT_PINNED.contains(name))
                        .collect(Collectors.toSet()))
                .isEqualTo(CHANGES.keySet());
    }

    @Test
    void severalChangesAreAllNamed() {
        Plan now = plan(Map.of("content", "d", "facts", "{\"in\":2}"));
        assertThat(Drift.between(AGREED, now)).contains("have changed; what it would change has changed");
    }

    @SuppressWarnings("unchecked")
    private static Plan plan(Map<String, Object> changed) {
        return new Plan(
                "digest " + changed,
                (String) changed.getOrDefault("content", "c"),
                (TreeMap<String, String>) changed.getOrDefault("commits", new TreeMap<>(Map.of("ref", "a".repeat(40)))),
                (TreeMap<String, String>)
                        changed.getOrDefault("repositories", new TreeMap<>(Map.of("ref", "file:///backend.git"))),
                (String) changed.getOrDefault("facts", "{\"in\":1}"),
                (List<String>) changed.getOrDefault("consequences", List.of("i-1 ends")),
                List.of());
    }
}
