package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhraseTest {
    private static final Map<String, ArgumentType> ARGUMENTS = Map.of(
            "ref", type("ref", ArgumentType.Form.GIT_REF),
            "name", type("name", ArgumentType.Form.NAME),
            "words", type("words", ArgumentType.Form.TEXT),
            "environment", oneOf("environment", "staging", "production"),
            "colour", oneOf("colour", "red", "green"));

    @Test
    void expandsOptionalPartsAndAlternatives() throws Phrase.Malformed {
        assertThat(expand("deploy backend[/{ref}] [to|in] {environment}"))
                .containsExactly(
                        "deploy backend/{ref} to {environment}",
                        "deploy backend/{ref} in {environment}",
                        "deploy backend/{ref} {environment}",
                        "deploy backend to {environment}",
                        "deploy backend in {environment}",
                        "deploy backend {environment}");
        assertThat(expand("lock|unlock [the [big] one] now"))
                .containsExactly(
                        "lock the big one now",
                        "lock the one now",
                        "lock now",
                        "unlock the big one now",
                        "unlock the one now",
                        "unlock now");
        assertThat(expand("[a b|c] d")).containsExactly("a b d", "c d", "d");
        assertThat(expand("  Deploy   IT  ")).containsExactly("deploy it");
        assertThat(expand("x[y]z")).containsExactly("xyz", "xz");
        assertThat(expand("[a] [a]b")).containsExactly("a ab", "a b", "ab", "b");
    }

    @Test
    void capturesWhatStandsAtThePlacesOfAWord() throws Phrase.Malformed {
        Word word = sentence("x {environment}/{ref}").words().get(1);
        assertThat(word.match("staging/feature/a").orElseThrow())
                .extracting(Word.Capture::text)
                .containsExactly("staging", "feature/a");
        assertThat(word.match("staging")).isEmpty();
        assertThat(word.match("staging/").orElseThrow())
                .extracting(Word.Capture::text)
                .containsExactly("staging", "");
        Word literal = sentence("Backend").words().get(0);
        assertThat(literal.match("BACKEND")).isPresent();
        assertThat(literal.match("backends")).isEmpty();
        assertThat(literal.match("ba\u0131kend")).isEmpty();
        assertThat(sentence("in").words().get(0).match("\u0130N"))
                .as("a letter that grows when it is small")
                .isEmpty();
    }

    @Test
    void aLiteralBeatsOneOfAndOneOfBeatsFreeText() throws Phrase.Malformed {
        assertThat(List.of("go {words}", "go {name}", "go {environment}", "go now").stream()
                        .map(PhraseTest::sentence)
                        .sorted(Sentence.MORE_DEFINITE)
                        .map(Sentence::toString))
                .containsExactly("go now", "go {environment}", "go {name}", "go {words}");
        assertThat(Sentence.MORE_DEFINITE.compare(sentence("go a/{ref}"), sentence("go {name}")))
                .isNegative();
        assertThat(Sentence.MORE_DEFINITE.compare(sentence("go {name}/{ref}"), sentence("go {name}")))
                .isNegative();
    }

    @Test
    void tiesWhereATextWouldMeanBoth() throws Phrase.Malformed {
        assertThat(ties("go {name}", "go {ref}")).isTrue();
        assertThat(ties("go {name} now", "go {ref} now")).isTrue();
        assertThat(ties("go", "go")).isTrue();
        assertThat(ties("go {environment}", "go {colour}")).isFalse();
        assertThat(ties("go {name}", "go now")).isFalse();
        assertThat(ties("go {name} now", "go {ref} then")).isFalse();
        assertThat(ties("go {name}", "go {name} now")).isFalse();
    }

    private static List<String> expand(String pattern) throws Phrase.Malformed {
        return Phrase.expand(pattern, ARGUMENTS).stream()
                .map(Sentence::toString)
                .toList();
    }

    private static boolean ties(String one, String other) {
        return sentence(one).ties(sentence(other));
    }

    private static Sentence sentence(String pattern) {
        try {
            return Phrase.expand(pattern, ARGUMENTS).get(0);
        } catch (Phrase.Malformed e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ArgumentType type(String name, ArgumentType.Form form) {
        return new ArgumentType(name, form, List.of(), Optional.empty(), Optional.empty());
    }

    private static ArgumentType oneOf(String name, String... values) {
        return new ArgumentType(name, ArgumentType.Form.ONE_OF, List.of(values), Optional.empty(), Optional.empty());
    }
}
