package io.signalbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private final Redaction redaction = Redaction.knowing(List.of("p\"ss/w0rd\n", "line one\nline two", "abc"));

    @Test
    void takesOutKnownSecretsInEveryFormTheyAppearIn() {
        assertThat(redaction.clean("x p\"ss/w0rd, {\"a\": \"p\\\"ss/w0rd\"} and p%22ss%2Fw0rd"))
                .isEqualTo("x (secret), {\"a\": \"(secret)\"} and (secret)");
        assertThat(redaction.clean(List.of("> line two <", "abc"))).containsExactly("> (secret) <", "abc");
    }

    @Test
    void takesOutWhatHasTheFormOfASecret() {
        assertThat(redaction.clean("AKIAIOSFODNN7EXAMPLE")).isEqualTo("(secret)");
        assertThat(redaction.clean("Authorization: Bearer abcdefgh12345")).isEqualTo("Authorization: Bearer (secret)");
        assertThat(redaction.clean("https://olga:hunter2@git.example/x"))
                .isEqualTo("https://olga:(secret)@git.example/x");
        assertThat(redaction.clean("db_password: \"hunter2\", user: x"))
                .isEqualTo("db_password: \"(secret)\", user: x");
        assertThat(redaction.clean("--token=abc123 next")).isEqualTo("--token=(secret) next");
        assertThat(redaction.clean("a\n-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nb"))
                .isEqualTo("a\n(secret)\nb");
    }

    @Test
    void leavesEverythingElse() {
        String text = "fatal: [web1]: UNREACHABLE! 127.20.1.4:22 https://example.org/path?x=1 deploy backend/main";

        assertThat(redaction.clean(text)).isEqualTo(text);
    }
}
