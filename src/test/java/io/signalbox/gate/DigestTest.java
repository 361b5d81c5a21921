package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Instruction;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final CommandId ID = new CommandId("k7m3ab");
    private static final Map<String, String> COMMITS = Map.of("ref", "0123456789abcdef0123456789abcdef01234567");
    private static final Map<String, String> REPOSITORIES = Map.of("ref", "file:///srv/backend.git");
    private static final @Nullable Object FACTS =
            CanonicalJson.read("{\"swap\": {\"out\": [], \"in\": [{\"version\": \"2\", \"id\": \"i-0a\"}]}}");
    private static final List<String> LATER = List.of("the old ones stay until `terminate`");

    /** The digest of the text that stands in this test: whoever changes it changes what older approvals mean. */
    @Test
    void isTheSha256OfTheCanonicalJson() {
        // printf '%s' '{"arguments":{"environment":"production","ref":"main"},"command":"backend.deploy",
        // "commits":{"ref":"0123…"},"consequences":["the old ones stay until `terminate`"],"content":"c0ffee",
        // "facts":{"swap":{"in":[{"id":"i-0a","version":"2"}],"out":[]}},"id":"k7m3ab",
        // "repositories":{"ref":"file:///srv/backend.git"}}' | sha256sum
        assertThat(digest(ID, said("main"), "c0ffee", COMMITS, REPOSITORIES, FACTS, LATER))
                .isEqualTo("091c5ac8fe30397cf98a76ab412ef578506255e3b363b8d17c4ab6be38be9ee5");
    }

    @Test
    void doesNotDependOnTheOrderInWhichThingsWereSaid() {
        Map<String, String> turned = new LinkedHashMap<>();
        turned.put("ref", "main");
        turned.put("environment", "production");
        assertThat(digest(
                        ID,
                        new Instruction("backend.deploy", "other words", turned),
                        "c0ffee",
                        COMMITS,
                        REPOSITORIES,
                        FACTS,
                        LATER))
                .isEqualTo(digest(ID, said("main"), "c0ffee", COMMITS, REPOSITORIES, FACTS, LATER));
    }

    @Test
    void isAnotherOneForEachThingThatIsAnother() {
        Set<String> digests = new HashSet<>();
        digests.add(digest(ID, said("main"), "c0ffee", COMMITS, REPOSITORIES, FACTS, LATER));
        digests.add(digest(new CommandId("k7m3ac"), said("main"), "c0ffee", COMMITS, REPOSITORIES, FACTS, LATER));
        digests.add(digest(ID, said("v1"), "c0ffee", COMMITS, REPOSITORIES, FACTS, LATER));
        digests.add(digest(
                ID,
                new Instruction("backend.swap", "", said("main").arguments()),
                "c0ffee",
                COMMITS,
                REPOSITORIES,
                FACTS,
                LATER));
        digests.add(digest(ID, said("main"), "decaf", COMMITS, REPOSITORIES, FACTS, LATER));
        digests.add(digest(ID, said("main"), "c0ffee", Map.of("ref", "f".repeat(40)), REPOSITORIES, FACTS, LATER));
        digests.add(digest(ID, said("main"), "c0ffee", COMMITS, Map.of("ref", "file:///evil"), FACTS, LATER));
        digests.add(digest(ID, said("main"), "c0ffee", COMMITS, REPOSITORIES, Map.of("swap", "other"), LATER));
        digests.add(digest(ID, said("main"), "c0ffee", COMMITS, REPOSITORIES, FACTS, List.of()));
        assertThat(digests).hasSize(9);
    }

    private static String digest(
            CommandId id,
            Instruction instruction,
            String content,
            Map<String, String> commits,
            Map<String, String> repositories,
            @Nullable Object facts,
            List<String> consequences) {
        return Digest.of(id, instruction, content, commits, repositories, facts, consequences);
    }

    private static Instruction said(String ref) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("environment", "production");
        arguments.put("ref", ref);
        return new Instruction("backend.deploy", "deploy backend/" + ref + " production", arguments);
    }
}
