package io.signalbox.audit;

import io.signalbox.config.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes Kafka's own clients; all of them block, and none may be used on an event loop. */
final class Clients {
    /** Room for a record: far more than a command and its output lines need. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final Duration REQUEST = Duration.ofMillis(1500);
    private static final Duration CALL = Duration.ofSeconds(3);
    private static final Duration TRANSACTION = Duration.ofSeconds(10);

    private final KafkaSettings settings;

    Clients(KafkaSettings settings) {
        this.settings = settings;
    }

    KafkaSettings settings() {
        return settings;
    }

    /** {@code transactionalId}: whoever opens a producer with it last takes the right to write from all others. */
    KafkaProducer<String, String> producer(String transactionalId) {
        Properties properties = common();
        properties.putAll(Map.of(
                "transactional.id",
                transactionalId,
                "acks",
                "all",
                "enable.idempotence",
                "true",
                "linger.ms",
                "0",
                "max.block.ms",
                millis(CALL),
                "delivery.timeout.ms",
                millis(CALL),
                "transaction.timeout.ms",
                millis(TRANSACTION),
                "max.request.size",
                Integer.toString(MOST_BYTES)));
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    /** Sees committed records only. */
    KafkaConsumer<String, String> consumer() {
        Properties properties = common();
        properties.putAll(Map.of(
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "allow.auto.create.topics", "false",
                "auto.offset.reset", "none",
                "fetch.max.wait.ms", "100",
                "max.partition.fetch.bytes", Integer.toString(MOST_BYTES),
                "default.api.timeout.ms", millis(CALL)));
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    Admin admin() {
        Properties properties = common();
        properties.put("default.api.timeout.ms", millis(CALL));
        return Admin.create(properties);
    }

    private Properties common() {
        Map<String, String> common = new HashMap<>(Map.of(
                "bootstrap.servers", settings.brokers(),
                "security.protocol", settings.security().name(),
                "request.timeout.ms", millis(REQUEST),
                "socket.connection.setup.timeout.ms", millis(REQUEST),
                "reconnect.backoff.ms", "50",
                "reconnect.backoff.max.ms", "500",
                "client.id", "signalbox-audit"));
        settings.login().ifPresent(login -> {
            common.put("sasl.mechanism", "PLAIN");
            common.put("sasl.jaas.config", PlainLogin.line(login.username(), login.password(), Map.of()));
        });
        Properties properties = new Properties();
        properties.putAll(common);
        return properties;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
