package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.catalog.Action;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Owner;
import io.signalbox.catalog.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The words that the gate is tested with are the words that the bot has. */
class GateWordsTest {
    @Test
    void theGateAnswersExactlyTheWordsThatAreItsOwn() throws Exception {
        Map<String, Set<String>> expected = new TreeMap<>(Map.ofEntries(
                Map.entry("approve", Set.of("id", "digest")),
                Map.entry("deny", Set.of("id", "reason")),
                Map.entry("break-glass", Set.of("id", "reason")),
                Map.entry("locks", Set.of("lock")),
                Map.entry("unlock", Set.of("lock", "reason")),
                Map.entry("grant", Set.of("person", "role")),
                Map.entry("revoke", Set.of("person", "role")),
                Map.entry("roles-of", Set.of("person")),
                Map.entry("who-has", Set.of("role")),
                Map.entry("who-am-i", Set.of()),
                Map.entry("schedules", Set.of()),
                Map.entry("move", Set.of("id", "when")),
                Map.entry("keep", Set.of("app", "place", "time"))));
        expected.putAll(Map.of(
                "lock", Set.of("lock", "time", "clock", "reason"),
                "extend", Set.of("lock", "time"),
                "take-over", Set.of("lock", "reason"),
                "freeze", Set.of("scope", "time", "clock", "reason"),
                "thaw", Set.of("scope"),
                "noop", Set.of("words"),
                "freezes", Set.of()));
        expected.putAll(Map.of("can-i", Set.of("words"), "who-can", Set.of("words"), "why-not", Set.of("id", "words")));
        assertThat(words(new CatalogLoader(Path.of(""), List.of()).load())).isEqualTo(expected);
        assertThat(words(TestCatalog.catalog("")).keySet()).isEqualTo(expected.keySet());
    }

    /** What only stops something, or only tells, is possible while nobody records. */
    @Test
    void theSameOfThemAreRecordedFirst() throws Exception {
        Catalog real = new CatalogLoader(Path.of(""), List.of()).load();
        words(real)
                .keySet()
                .forEach(name -> assertThat(Policy.needsRecording(real.command(name)))
                        .as(name)
                        .isEqualTo(Policy.needsRecording(TestCatalog.catalog("").command(name))));
    }

    private static Map<String, Set<String>> words(Catalog catalog) {
        return catalog.commands().values().stream()
                .filter(spec -> spec.action().equals(new Action.Answer(Owner.GATE)))
                .collect(Collectors.toMap(CommandSpec::name, GateWordsTest::arguments, (a, b) -> a, TreeMap::new));
    }

    private static Set<String> arguments(CommandSpec spec) {
        return spec.say().stream()
                .flatMap(pattern -> Template.names(pattern).stream())
                .collect(Collectors.toSet());
    }
}
