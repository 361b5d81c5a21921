package io.signalbox.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the audit log is.
 *
 * @param brokers host:port, several separated by commas
 * @param login present exactly where {@code security} is one of SASL
 * @param retention how long a record is kept at least; empty for ever
 */
public record KafkaSettings(
        String brokers, String topic, Security security, Optional<Login> login, Optional<Duration> retention) {
    private static final Pattern BROKERS =
            Pattern.compile("[A-Za-z0-9._-]+:[0-9]{1,5}(,[A-Za-z0-9._-]+:[0-9]{1,5})*|\\[[0-9a-fA-F:]+]:[0-9]{1,5}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /** An account of the brokers. */
    public record Login(String username, Secret password) {}

    /** How the brokers are spoken to. */
    public enum Security {
        PLAINTEXT,
        SASL_PLAINTEXT,
        SASL_SSL;

        /** As it is written in the settings. */
        public String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public boolean needsLogin() {
            return this != PLAINTEXT;
        }
    }

    /** A log that is kept for ever. */
    public KafkaSettings(String brokers, String topic, Security security, Optional<Login> login) {
        this(brokers, topic, security, login, Optional.empty());
    }

    public KafkaSettings {
        new Rules()
                .demand(BROKERS.matcher(brokers).matches(), "kafka.brokers", "not host:port, as in 127.0.0.1:9092")
                .demand(
                        TOPIC.matcher(topic).matches() && !topic.matches("\\.\\.?"),
                        "kafka.topic",
                        "'" + topic + "' is not a topic's name: letters, digits, . _ and -")
                .demand(
                        !security.needsLogin() || login.isPresent(),
                        "kafka.security",
                        security.title() + " needs kafka.username and kafka.password-file")
                .demand(
                        security.needsLogin() || login.isEmpty(),
                        "kafka.username",
                        "plaintext has no accounts; set kafka.security to sasl-plaintext or sasl-ssl")
                .enforce();
    }
}
