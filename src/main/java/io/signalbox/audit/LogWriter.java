package io.signalbox.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The only one who writes to the log, from its opening until a failure or another writer ends it. Blocks; for one thread. */
final class LogWriter implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Clients clients;
    private final String topicName;
    private final Admin admin;
    private final Topic topic;
    private final KafkaProducer<String, String> producer;

    private LogWriter(Clients clients, Admin admin) {
        this.clients = clients;
        this.admin = admin;
        this.topicName = clients.settings().topic();
        this.topic = new Topic(admin, clients.settings());
        this.producer = clients.producer("signalbox-relay-" + topicName);
    }

    /**
     * Connects, without a right to write yet.
     *
     * @param mayCreate whether it is right that the topic is not there yet
     * @throws LogRefused where the topic must not be written to
     * @throws KafkaException where Kafka does not answer or refuses
     */
    static LogWriter open(Clients clients, boolean mayCreate) {
        Admin admin = clients.admin();
        try {
            Topic topic = new Topic(admin, clients.settings());
            if (!topic.exists()) {
                requireNew(clients, mayCreate);
                topic.create();
            }
            topic.requireSafe();
            return new LogWriter(clients, admin);
        } catch (RuntimeException failure) {
            admin.close(CLOSE);
            throw failure;
        }
    }

    /** Takes the right to write from whoever had it; what they had begun is completed or undone when this returns. */
    void take() {
        producer.initTransactions();
    }

    private static void requireNew(Clients clients, boolean mayCreate) {
        if (!mayCreate) {
            throw new LogRefused(
                    "the topic " + clients.settings().topic()
                            + " is gone, although records of this bot were in it: restore it, or name a new one in kafka.topic");
        }
    }

    /** The newest record; throws {@link LogRefused} where somebody else wrote it. */
    Optional<Entry> last() {
        try (LogReader reader = new LogReader(clients)) {
            return reader.last().map(this::entry);
        }
    }

    private Entry entry(ConsumerRecord<String, String> record) {
        try {
            return Envelope.open(record.value());
        } catch (ForeignRecord foreign) {
            throw new LogRefused("the newest record of the topic " + topicName + " is not Signalbox's ("
                    + foreign.getMessage() + "): name a topic of its own in kafka.topic");
        }
    }

    /** All or none; returns when the transaction is committed. After any exception this writer is of no more use. */
    void append(List<Link> links) {
        write(links.stream().map(link -> record(null, link.key(), link.text())).toList());
    }

    /** The same for records that stood in a log before. */
    void write(List<ProducerRecord<String, String>> records) {
        producer.beginTransaction();
        try {
            records.forEach(this::send);
            producer.commitTransaction();
        } catch (ProducerFencedException fenced) {
            throw fenced;
        } catch (TimeoutException silence) {
            throw silence;
        } catch (KafkaException failure) {
            // Tells a writer that was replaced from one that merely failed.
            undo(failure);
            throw failure;
        }
    }

    /** {@code timestamp}: milliseconds since 1970; null for now. */
    ProducerRecord<String, String> record(@Nullable Long timestamp, String key, String text) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topicName, 0, timestamp, key, text);
        record.headers().add("content-type", Envelope.CONTENT_TYPE.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where a send did
    private void send(ProducerRecord<String, String> record) {
        producer.send(record);
    }

    private void undo(KafkaException failure) {
        try {
            producer.abortTransaction();
        } catch (ProducerFencedException fenced) {
            throw fenced;
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Throws where the log does not answer within a second or so. */
    void probe() {
        topic.probe();
    }

    @Override
    public void close() {
        try {
            producer.close(CLOSE);
        } finally {
            admin.close(CLOSE);
        }
    }
}
