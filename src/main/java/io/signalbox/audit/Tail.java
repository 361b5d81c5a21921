package io.signalbox.audit;

import io.signalbox.config.KafkaSettings;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Prints the log for people, from its beginning, and checks the chain on the way. Blocks: not for an event loop. */
public final class Tail {
    /** What is to be printed: going on with what comes, the records as they are or as lines, and which of them. */
    public record Wish(boolean follow, boolean json, Criteria criteria) {}

    private final KafkaSettings settings;
    private final PrintStream out;
    private final PrintStream errors;

    public Tail(KafkaSettings settings, PrintStream out, PrintStream errors) {
        this.settings = settings;
        this.out = out;
        this.errors = errors;
    }

    /** Returns the exit status: 0, 1 where the log cannot be read, 2 where its chain is broken. */
    public int print(Wish wish) {
        return print(wish, () -> false);
    }

    int print(Wish wish, BooleanSupplier enough) {
        Clients clients = new Clients(settings);
        try (LogReader reader = new LogReader(clients)) {
            Printer printer = new Printer(wish);
            reader.requireTopic();
            reader.seekToBegin();
            if (reader.hasLost()) {
                printer.complain("the oldest records were deleted: the log begins at offset " + reader.begin());
            }
            long end = reader.end();
            while (wish.follow() ? !enough.getAsBoolean() : !reader.isAt(end)) {
                reader.next().forEach(printer::record);
                out.flush();
                if (out.checkError()) {
                    break;
                }
            }
            return printer.broken ? 2 : 0;
        } catch (LogRefused | KafkaException failure) {
            errors.println(new Reasons(settings).of(failure));
            return 1;
        }
    }

    private final class Printer {
        private final Wish wish;
        private final TailLine line = new TailLine();
        private final Selection<String> selection;
        private Optional<Head> head = Optional.empty();
        private boolean broken;

        Printer(Wish wish) {
            this.wish = wish;
            this.selection = new Selection<>(wish.criteria());
        }

        void record(ConsumerRecord<String, String> record) {
            try {
                Entry entry = Envelope.open(record.value());
                follow(entry);
                String people = people(entry, record.offset());
                selection
                        .add(entry.event(), line.actor(entry.event()), wish.json() ? entry.text() : people)
                        .forEach(out::println);
            } catch (ForeignRecord foreign) {
                complain("offset " + record.offset() + ": " + foreign.getMessage());
            }
        }

        /** What was written by others may lack what every record of ours has. */
        private String people(Entry entry, long offset) {
            try {
                return line.of(entry);
            } catch (RuntimeException damaged) {
                complain("offset " + offset + ": the record is damaged (" + damaged.getMessage() + ")");
                return entry.event().at() + " " + entry.event().id() + " - "
                        + entry.event().kind().title() + " (damaged)";
            }
        }

        /** A log may go on where another topic ended: its first record is taken as it is. */
        private void follow(Entry entry) {
            try {
                head.ifPresent(before -> Chain.follow(before, entry));
            } catch (BrokenChain e) {
                complain(String.valueOf(e.getMessage()));
            }
            head = Optional.of(entry.head());
        }

        private void complain(String what) {
            broken = true;
            errors.println("The chain is broken: " + what);
        }
    }
}
