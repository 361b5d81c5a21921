package io.signalbox.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokensTest {
    @Test
    void partsWordsAtBlanksOfEveryKind() {
        assertThat(words("deploy\u00a0backend \t staging\u202f\u3000now"))
                .containsExactly("deploy", "backend", "staging", "now");
    }

    @Test
    void overlooksWhatHasNoWidth() {
        assertThat(words("\ufeffde\u200bploy\u2060 back\u00adend")).containsExactly("deploy", "backend");
    }

    @Test
    void undoesSmartQuotesAndDashes() {
        assertThat(words("“staging” ‘web’ doesn’t —replace a–b"))
                .containsExactly("staging", "web", "doesn't", "--replace", "a-b");
    }

    @Test
    void takesQuotesOffAWordAndOffTheWhole() {
        assertThat(words("deploy `backend` \"staging\"")).containsExactly("deploy", "backend", "staging");
        assertThat(words("`deploy backend staging`")).containsExactly("deploy", "backend", "staging");
        assertThat(words("'tis \"it")).containsExactly("'tis", "\"it");
    }

    @Test
    void takesTheEndOfASentenceOff() {
        assertThat(words("who has deployer role?!")).containsExactly("who", "has", "deployer", "role");
        assertThat(words("deploy backend/v1.2 staging.")).containsExactly("deploy", "backend/v1.2", "staging");
        assertThat(words("?")).containsExactly("?");
    }

    @Test
    void joinsListsWithBlanksAfterTheirCommas() {
        assertThat(Tokens.withLists("terminate backend staging/i-1, i-2,  i-3").tokens().stream()
                        .map(Tokens.Token::text))
                .containsExactly("terminate", "backend", "staging/i-1,i-2,i-3");
    }

    @Test
    void overlooksCommasBetweenWords() {
        assertThat(words("bert, please , deploy 'backend', staging,"))
                .containsExactly("bert", "please", "deploy", "backend", "staging");
        assertThat(words("a,b")).containsExactly("a,b");
    }

    @Test
    void keepsTheRestOfTheLineAsItIs() {
        Tokens said = Tokens.of("deny k7m2pq  because  it's “wrong”, really?");
        assertThat(said.rest(2)).isEqualTo("because it's \"wrong\", really?");
    }

    @Test
    void findsNothingInNothing() {
        assertThat(words("  \u200b ")).isEmpty();
    }

    private static List<String> words(String said) {
        return Tokens.of(said).tokens().stream().map(Tokens.Token::text).toList();
    }
}
