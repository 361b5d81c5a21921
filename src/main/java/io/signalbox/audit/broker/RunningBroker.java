package io.signalbox.audit.broker;

import io.signalbox.config.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One broker from its start to its end. */
final class RunningBroker {
    private static final int PASSWORD_BYTES = 24;

    private final BrokerFolder folder;
    private final KafkaRaftServer server;

    private RunningBroker(BrokerFolder folder, KafkaRaftServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** Returns when the broker serves and its users have their rights. */
    static RunningBroker start(BrokerFolder folder) throws Exception {
        Files.deleteIfExists(folder.ready());
        Files.createDirectories(folder.data());
        if (!ControllerPort.isFree(folder.port())) {
            throw new BrokerRefusal("port " + folder.port() + " of 127.0.0.1 is taken by another program");
        }
        Secret self = password();
        Map<String, String> properties =
                BrokerProperties.of(folder, ControllerPort.choose(folder.controllerPort()), self);
        format(folder.data());
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        Rights.give(folder.port(), self);
        return new RunningBroker(folder, server);
    }

    void await() {
        server.awaitShutdown();
    }

    void stop() {
        try {
            Files.deleteIfExists(folder.ready());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server.shutdown();
        }
    }

    // Formatting twice would give the cluster a second id, with which the next start refuses the first one's log.
    private static void format(Path data) throws Exception {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        new Formatter()
                .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
        if (!Files.exists(data.resolve("meta.properties"))) {
            throw new BrokerRefusal("the folder " + data + " could not be formatted: "
                    + said.toString(StandardCharsets.UTF_8).strip());
        }
    }

    private static Secret password() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }
}
