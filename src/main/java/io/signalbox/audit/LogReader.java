package io.signalbox.audit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads committed records of the log. Blocks; for one thread. */
final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final int WIDER = 8;

    private final KafkaConsumer<String, String> consumer;
    private final TopicPartition partition;
    private final boolean mayForget;

    LogReader(Clients clients) {
        this.consumer = clients.consumer();
        this.partition = new TopicPartition(clients.settings().topic(), 0);
        this.mayForget = clients.settings().retention().isPresent();
        consumer.assign(List.of(partition));
    }

    /** The newest record. The last offsets are markers of transactions, so it is searched backwards in growing steps. */
    Optional<ConsumerRecord<String, String>> last() {
        long begin = begin();
        long end = end();
        if (begin > 0 && !mayForget) {
            throw new LogRefused("the oldest records of the topic " + partition.topic()
                    + " were deleted: it begins at offset " + begin);
        }
        for (long step = WIDER; ; step *= WIDER) {
            long from = Math.max(begin, end - step);
            Optional<ConsumerRecord<String, String>> found = lastBetween(from, end);
            if (found.isPresent() || from == begin) {
                return found;
            }
        }
    }

    /** Throws {@link LogRefused} where there is no such topic: nothing was recorded in it. */
    void requireTopic() {
        if (consumer.partitionsFor(partition.topic()).isEmpty()) {
            throw new LogRefused("there is no topic " + partition.topic() + ": nothing was recorded in it yet");
        }
    }

    void seekToBegin() {
        consumer.seek(partition, begin());
    }

    /** Whether records are gone that were to be kept. */
    boolean hasLost() {
        return !mayForget && begin() > 0;
    }

    long begin() {
        return Objects.requireNonNull(
                consumer.beginningOffsets(List.of(partition)).get(partition));
    }

    /** The offset behind the last committed transaction. */
    long end() {
        return Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
    }

    /** Whether everything before this offset was read. */
    boolean isAt(long offset) {
        return consumer.position(partition) >= offset;
    }

    /** From the oldest record to the one that is the newest now. */
    void toEnd(Consumer<ConsumerRecord<String, String>> each) {
        long end = end();
        seekToBegin();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isAt(end)) {
            ConsumerRecords<String, String> records = next();
            records.forEach(each);
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("the end of the topic " + partition.topic() + " was not reached");
            }
        }
    }

    /**
     * Goes on until {@code enough}, or for some seconds: Kafka acknowledges a transaction shortly before it shows it to
     * readers, so what is known to be there may not be seen yet.
     */
    void goOn(Consumer<ConsumerRecord<String, String>> each, BooleanSupplier enough) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.getAsBoolean() && System.nanoTime() < deadline) {
            next().forEach(each);
        }
    }

    /** What comes next; may be empty. */
    ConsumerRecords<String, String> next() {
        return consumer.poll(POLL);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
    }

    private Optional<ConsumerRecord<String, String>> lastBetween(long from, long end) {
        consumer.seek(partition, from);
        Optional<ConsumerRecord<String, String>> last = Optional.empty();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isAt(end)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the end of the topic " + partition.topic() + " was not reached");
            }
            for (ConsumerRecord<String, String> record : next()) {
                last = Optional.of(record);
            }
        }
        return last;
    }
}
