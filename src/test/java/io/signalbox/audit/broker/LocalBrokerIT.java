package io.signalbox.audit.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.fixture.LocalKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerIT {
    @RegisterExtension
    static final LocalKafka KAFKA = LocalKafka.shared();

    private final Path folder;

    LocalBrokerIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void opsReadsAndCannotWrite() throws Exception {
        create();
        try (Admin ops = Admin.create(KAFKA.client("ops"))) {
            assertThat(get(ops.listTopics().names())).contains(KAFKA.topic());
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(KAFKA.client("ops"), new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(KAFKA.topic(), "forged"))
                            .get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void theBotCannotDeleteOrChangeWhatItWrote() throws Exception {
        create();
        try (Admin bot = Admin.create(KAFKA.client("bot"))) {
            assertThatThrownBy(
                            () -> get(bot.deleteTopics(List.of(KAFKA.topic())).all()))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            var shorter = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
            var topic = new ConfigResource(ConfigResource.Type.TOPIC, KAFKA.topic());
            assertThatThrownBy(() -> get(bot.incrementalAlterConfigs(Map.of(topic, List.of(shorter)))
                            .all()))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        Map<String, Object> client = new HashMap<>(KAFKA.client("bot"));
        client.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"bot\" password=\"guess\";");
        try (Admin stranger = Admin.create(client)) {
            assertThatThrownBy(() -> get(stranger.listTopics().names()))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void theControllerIsNoWayAroundThePassword() throws Exception {
        String port =
                Files.readString(KAFKA.folder().resolve("controller.port")).strip();
        try (Admin stranger = Admin.create(Map.of(
                "bootstrap.controllers",
                "127.0.0.1:" + port,
                "default.api.timeout.ms",
                3000,
                "request.timeout.ms",
                2000))) {
            assertThatThrownBy(() -> get(stranger.describeCluster().nodes()))
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void sigtermIsACleanStop() {
        assertThat(KAFKA.folder().resolve("ready")).exists();
        KAFKA.stop();
        assertThat(KAFKA.folder().resolve("ready")).doesNotExist();
    }

    @Test
    void aTakenPortIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings("port=" + taken.getLocalPort(), "data=data");
            assertThat(failedStart())
                    .isEqualTo("The local Kafka broker did not start: port " + taken.getLocalPort()
                            + " of 127.0.0.1 is taken by another program");
        }
        assertThat(folder.resolve("ready")).doesNotExist();
    }

    @Test
    void aMissingSettingIsNamed() throws Exception {
        settings("data=data");
        assertThat(failedStart()).endsWith("broker.properties has no port");
    }

    @Test
    void anEmptyPasswordIsRefused() throws Exception {
        settings("port=21092", "data=data");
        Files.writeString(folder.resolve("ops"), "\n");
        assertThat(failedStart()).contains("password file").contains("must hold one line that is not empty");
    }

    private void settings(String... lines) throws Exception {
        Files.writeString(folder.resolve("bot"), "one");
        Files.writeString(folder.resolve("ops"), "two");
        Files.writeString(
                folder.resolve("broker.properties"),
                String.join("\n", lines) + "\nbot.password-file=bot\nops.password-file=ops\n");
    }

    /** The last line it says; the process must end by itself with 1. */
    private String failedStart() throws Exception {
        Path said = folder.resolve("said");
        Process broker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalBroker.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = broker.waitFor(30, TimeUnit.SECONDS);
        broker.destroyForcibly();
        assertThat(ended).as("it ends by itself").isTrue();
        assertThat(broker.exitValue()).isEqualTo(1);
        List<String> lines = Files.readAllLines(said);
        return lines.get(lines.size() - 1);
    }

    private static void create() throws Exception {
        try (Admin bot = Admin.create(KAFKA.client("bot"))) {
            get(bot.createTopics(List.of(new NewTopic(KAFKA.topic(), 1, (short) 1)))
                    .all());
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
