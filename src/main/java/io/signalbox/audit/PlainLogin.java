package io.signalbox.audit;

import io.signalbox.config.Secret;
import java.util.Map;

/** The login line of Kafka's SASL/PLAIN; it holds passwords and goes nowhere but into a client's or broker's settings. */
public final class PlainLogin {
    private PlainLogin() {}

    /** {@code users} are those who may log in; only a broker has any. */
    public static String line(String username, Secret password, Map<String, Secret> users) {
        StringBuilder line = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        line.append(option("username", username)).append(option("password", password.reveal()));
        users.forEach((name, secret) -> line.append(option("user_" + name, secret.reveal())));
        return line.append(';').toString();
    }

    private static String option(String name, String value) {
        return " " + name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
