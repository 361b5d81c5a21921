package io.signalbox.audit;

import io.signalbox.config.KafkaSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Takes a log from one topic to another by way of a file, byte for byte, so that the chain holds. Offsets are others then.
 * Blocks: not for an event loop.
 */
public final class LogTransfer {
    private static final int BATCH = 200;

    private final Clients clients;
    private final PrintStream out;
    private final PrintStream errors;

    public LogTransfer(KafkaSettings settings, PrintStream out, PrintStream errors) {
        this.clients = new Clients(settings);
        this.out = out;
        this.errors = errors;
    }

    /** Returns the exit status: 0, 1 where it cannot be done, 2 where it was written but is no sound chain. */
    public int export(Path file, Instant now) {
        return told(() -> {
            if (Files.exists(file)) {
                throw new LogRefused(file + " exists already, and may be all that is left of a log: name another file");
            }
            try (LogReader reader = new LogReader(clients);
                    LogFileWriter writer =
                            new LogFileWriter(file, clients.settings().topic(), now)) {
                reader.requireTopic();
                reader.toEnd(record -> writer.add(line(record)));
                out.println("exported " + writer.finish());
                writer.flaw()
                        .ifPresent(flaw -> errors.println("The chain is broken, so no topic can be filled from"
                                + " this file; keep it as evidence: " + flaw));
                return writer.flaw().isPresent() ? 2 : 0;
            }
        });
    }

    private static LogFile.Line line(ConsumerRecord<String, String> record) {
        return new LogFile.Line(
                record.timestamp(),
                Optional.ofNullable(record.key()).orElse(""),
                Optional.ofNullable(record.value()).orElse(""));
    }

    /**
     * Fills a topic that is empty, or holds the beginning of this very file where an import was cut off. Returns the exit
     * status: 0, 1 where it cannot be done, 2 where the topic does not hold what it should afterwards.
     */
    public int restore(Path file) {
        return told(() -> {
            LogFile log = LogFile.check(file);
            try (LogWriter writer = LogWriter.open(clients, true)) {
                requireBeginning(log, there());
                writer.take();
                // Only now all that an import before this one wrote can be seen.
                List<LogFile.Line> there = there();
                requireBeginning(log, there);
                append(log, there.size(), writer);
            }
            out.println("imported " + log.records() + " records into "
                    + clients.settings().topic());
            return new Verify(clients.settings(), out, errors)
                    .print(log.records() == 0 ? List.of() : List.of(log.last()));
        });
    }

    private List<LogFile.Line> there() {
        List<LogFile.Line> there = new ArrayList<>();
        try (LogReader reader = new LogReader(clients)) {
            reader.toEnd(record -> there.add(line(record)));
        }
        return there;
    }

    private void requireBeginning(LogFile log, List<LogFile.Line> there) throws IOException {
        List<LogFile.Line> beginning = new ArrayList<>();
        log.forEach(line -> {
            if (beginning.size() < there.size()) {
                beginning.add(line);
            }
        });
        if (!beginning.equals(there)) {
            throw new LogRefused("the topic " + clients.settings().topic() + " is not empty: it holds " + there.size()
                    + " records that are not the first of " + log.file()
                    + "; name a new topic in kafka.topic, or remove this one if nobody needs it");
        }
    }

    private static void append(LogFile log, int there, LogWriter writer) throws IOException {
        List<ProducerRecord<String, String>> batch = new ArrayList<>();
        long[] number = new long[1];
        log.forEach(line -> {
            if (number[0]++ >= there) {
                batch.add(writer.record(line.timestamp(), line.key(), line.value()));
            }
            if (batch.size() == BATCH) {
                writer.write(batch);
                batch.clear();
            }
        });
        if (!batch.isEmpty()) {
            writer.write(batch);
        }
    }

    /** What may fail; returns the exit status. */
    private interface Deed {
        int done() throws IOException;
    }

    private int told(Deed deed) {
        try {
            return deed.done();
        } catch (LogRefused | KafkaException failure) {
            errors.println(new Reasons(clients.settings()).of(failure));
        } catch (NoSuchFileException gone) {
            errors.println(gone.getFile() + " is not there");
        } catch (IOException failure) {
            errors.println(failure.toString());
        }
        return 1;
    }
}
