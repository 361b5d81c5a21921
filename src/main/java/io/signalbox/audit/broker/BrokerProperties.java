package io.signalbox.audit.broker;

import io.signalbox.audit.PlainLogin;
import io.signalbox.config.Secret;
import java.util.Map;
import java.util.TreeMap;

/** The settings of Kafka for one machine: one node that is broker and controller, durable, reachable from loopback only. */
final class BrokerProperties {
    static final String SELF = "broker";
    private static final String CLIENTS = "SASL_PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";

    private BrokerProperties() {}

    /** {@code self} is the password that the broker uses towards itself; nobody else knows it, and it is new at each start. */
    static Map<String, String> of(BrokerFolder folder, int controllerPort, Secret self) {
        Map<String, String> properties = new TreeMap<>();
        properties.putAll(listeners(folder, controllerPort, self));
        properties.putAll(durability(folder));
        properties.putAll(smallness());
        return properties;
    }

    // The controller asks for a password too: every user of the machine can reach loopback.
    private static Map<String, String> listeners(BrokerFolder folder, int controllerPort, Secret self) {
        String clients = "127.0.0.1:" + folder.port();
        String controller = "127.0.0.1:" + controllerPort;
        Map<String, Secret> users = new TreeMap<>(Map.of("bot", folder.bot(), "ops", folder.ops(), SELF, self));
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + controller),
                Map.entry("listeners", CLIENTS + "://" + clients + "," + CONTROLLER + "://" + controller),
                Map.entry("advertised.listeners", CLIENTS + "://" + clients),
                Map.entry("controller.listener.names", CONTROLLER),
                Map.entry(
                        "listener.security.protocol.map",
                        CLIENTS + ":SASL_PLAINTEXT," + CONTROLLER + ":SASL_PLAINTEXT"),
                Map.entry("inter.broker.listener.name", CLIENTS),
                Map.entry("sasl.enabled.mechanisms", "PLAIN"),
                Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                Map.entry("sasl.mechanism.controller.protocol", "PLAIN"),
                Map.entry("listener.name.sasl_plaintext.plain.sasl.jaas.config", PlainLogin.line(SELF, self, users)),
                Map.entry(
                        "listener.name.controller.plain.sasl.jaas.config",
                        PlainLogin.line(SELF, self, Map.of(SELF, self))),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:" + SELF));
    }

    private static Map<String, String> durability(BrokerFolder folder) {
        return Map.of(
                "log.dirs", folder.data().toString(),
                // On one node acks=all does not mean that the disk has it.
                "log.flush.interval.messages", "1",
                "auto.create.topics.enable", "false",
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    private static Map<String, String> smallness() {
        return Map.of(
                // After a kill the controller waits this long before it lets the broker back in.
                "broker.session.timeout.ms", "1500",
                "broker.heartbeat.interval.ms", "300",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                // The default of 128 MB is taken from the heap at the start.
                "log.cleaner.dedupe.buffer.size", "4194304");
    }
}
