import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Writes a topic's committed records to a file, byte for byte, with Kafka's own consumer and nothing of Signalbox: one line a
 * record, offset, timestamp, key and value with tabs between. {@code java -cp 'lib/*' ReadLog.java CONFIG TOPIC FILE}
 */
public final class ReadLog {
    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(reader);
        }
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        TopicPartition log = new TopicPartition(arguments[1], 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                OutputStream out = Files.newOutputStream(Path.of(arguments[2]))) {
            if (consumer.partitionsFor(arguments[1]).size() != 1) {
                throw new IllegalStateException("the topic has more than one partition, so its records have no order");
            }
            consumer.assign(List.of(log));
            consumer.seekToBeginning(List.of(log));
            long end = consumer.endOffsets(List.of(log)).get(log);
            while (consumer.position(log) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    out.write((record.offset() + "\t" + record.timestamp() + "\t").getBytes());
                    out.write(record.key());
                    out.write('\t');
                    out.write(record.value());
                    out.write('\n');
                }
            }
        }
    }
}
