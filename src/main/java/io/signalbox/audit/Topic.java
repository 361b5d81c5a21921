package io.signalbox.audit;

import io.signalbox.config.KafkaSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The log's topic: made with settings that keep every record, and refused where its settings would not. Blocks. */
final class Topic {
    private static final String FOR_EVER = "-1";
    private static final String FLUSH = "flush.messages";
    private static final int SECONDS = 4;
    private static final int PROBE_MILLIS = 1000;
    private static final int SAFE_REPLICAS = 3;
    /** The events of a commit hold half of it at most; a record that is refused would stop all that come after it. */
    private static final int LEAST_BYTES = 1 << 20;

    private final Admin admin;
    private final String name;
    private final String kept;

    Topic(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.name = settings.topic();
        this.kept = settings.retention()
                .map(retention -> Long.toString(retention.toMillis()))
                .orElse(FOR_EVER);
    }

    boolean exists() {
        return describe(SECONDS * 1000).isPresent();
    }

    /** Throws where the topic or the leader of its partition does not answer within a second. */
    void probe() {
        TopicDescription topic =
                describe(PROBE_MILLIS).orElseThrow(() -> new LogRefused("the topic " + name + " is gone"));
        Node leader = topic.partitions().get(0).leader();
        if (leader == null || leader.isEmpty()) {
            throw new LogRefused("no broker leads the topic " + name + " at present");
        }
    }

    void create() {
        int replicas = enoughReplicas();
        Map<String, String> configs = new HashMap<>(Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                kept,
                "retention.bytes",
                FOR_EVER,
                "min.insync.replicas",
                Integer.toString(leastInSync(replicas)),
                "unclean.leader.election.enable",
                "false",
                "max.message.bytes",
                Integer.toString(Clients.MOST_BYTES)));
        if (replicas == 1) {
            configs.put(FLUSH, "1");
        }
        NewTopic topic = new NewTopic(name, 1, (short) replicas).configs(configs);
        try {
            get(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException made) {
            // Somebody else was faster; what they made is checked like any other.
        }
        awaitIt();
    }

    /** Kafka says that a topic is made a moment before each broker knows it. */
    private void awaitIt() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!exists() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    /** Throws {@link LogRefused} where records could be lost, removed, refused or stand in more than one order. */
    void requireSafe() {
        TopicDescription topic =
                describe(SECONDS * 1000).orElseThrow(() -> new LogRefused("the topic " + name + " is not there yet"));
        int partitions = topic.partitions().size();
        if (partitions != 1) {
            throw new LogRefused("the topic " + name + " has " + partitions
                    + " partitions, and only one keeps the records in order: name a new topic in kafka.topic");
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config config = Objects.requireNonNull(
                get(admin.describeConfigs(List.of(resource)).all()).get(resource), name);
        require(config, "cleanup.policy", "delete", "removes records");
        requireRetention(config.get("retention.ms").value());
        require(config, "retention.bytes", FOR_EVER, "removes records");
        require(
                config,
                "unclean.leader.election.enable",
                "false",
                "loses what was acknowledged when a broker that had fallen behind is made leader");
        int bytes = Integer.parseInt(config.get("max.message.bytes").value());
        if (bytes < LEAST_BYTES) {
            throw new LogRefused("the topic " + name + " has max.message.bytes=" + bytes
                    + ", which a record may exceed: set it to " + LEAST_BYTES + " or more");
        }
        int replicas = topic.partitions().get(0).replicas().size();
        int enough = enoughReplicas();
        if (replicas < enough) {
            throw new LogRefused("the topic " + name + " has " + replicas + " of " + enough
                    + " replicas, so it can be lost with one broker's disk: give it " + enough);
        }
        if (replicas == 1) {
            require(config, FLUSH, "1", "loses what was acknowledged when the only machine that has it loses power");
        }
        int inSync = Integer.parseInt(config.get("min.insync.replicas").value());
        if (inSync < leastInSync(replicas)) {
            throw new LogRefused("the topic " + name + " has " + replicas + " replicas and min.insync.replicas="
                    + inSync + ": set it to " + leastInSync(replicas));
        }
    }

    private void require(Config config, String setting, String safe, String harm) {
        String found = config.get(setting).value();
        if (!safe.equals(found)) {
            throw new LogRefused(
                    "the topic " + name + " has " + setting + "=" + found + ", which " + harm + ": set it to " + safe);
        }
    }

    /** Longer than was asked for is no harm. */
    private void requireRetention(String found) {
        boolean enough =
                found.equals(FOR_EVER) || (!kept.equals(FOR_EVER) && Long.parseLong(found) >= Long.parseLong(kept));
        if (!enough) {
            throw new LogRefused("the topic " + name + " has retention.ms=" + found + ", which removes records"
                    + (kept.equals(FOR_EVER) ? "" : " before the time of kafka.retention") + ": set it to " + kept);
        }
    }

    private int enoughReplicas() {
        return Math.min(SAFE_REPLICAS, get(admin.describeCluster().nodes()).size());
    }

    private static int leastInSync(int replicas) {
        return replicas >= SAFE_REPLICAS ? 2 : 1;
    }

    private Optional<TopicDescription> describe(int millis) {
        var options = new DescribeTopicsOptions().timeoutMs(millis);
        try {
            return Optional.ofNullable(
                    get(admin.describeTopics(List.of(name), options).allTopicNames())
                            .get(name));
        } catch (UnknownTopicOrPartitionException absent) {
            return Optional.empty();
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer in " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
