package io.signalbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RedactionsTest {
    @Test
    void knowsTheSecretsOfTheSettingsByTheirNamesAndByTheirForm() throws Exception {
        Map<String, String> environment = Map.of(
                "SLACK_WEBHOOK_URL", "value-one",
                "DB_PASS", "value-two",
                "SENTRY_DSN", "value-three",
                "STRIPE_KEY", "value-four",
                "DATABASE_URL", "postgres://app:value-five@db/app",
                "TOKEN_FILE", "/etc/token-file",
                "AWS_REGION", "eu-central-1");
        Vertx vertx = Vertx.vertx();
        try {
            Redaction redaction = new Redactions(vertx, workplace(environment))
                    .current()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            environment.forEach((name, value) -> {
                String clean = redaction.clean("it said " + value);
                assertThat(clean).as(name).doesNotContain("value-");
                assertThat(clean.contains(Redaction.INSTEAD)).as(name).isEqualTo(value.contains("value-"));
            });
            assertThat(redaction.clean("password value-five")).isEqualTo("password (secret)");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static Workplace workplace(Map<String, String> environment) {
        Path code = Path.of("/srv/signalbox");
        return new Workplace(code, List.of(), code, code, code, environment, Map.of(), Optional.empty(), Map.of());
    }
}
