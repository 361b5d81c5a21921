package io.signalbox.audit;

import io.signalbox.config.KafkaSettings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Reads the whole log and says whether it is what was written. Blocks: not for an event loop. */
public final class Verify {
    private final KafkaSettings settings;
    private final PrintStream out;
    private final PrintStream errors;

    public Verify(KafkaSettings settings, PrintStream out, PrintStream errors) {
        this.settings = settings;
        this.out = out;
        this.errors = errors;
    }

    /**
     * {@code anchors}: heads that were noted before this reading begins. Returns the exit status: 0, 1 where the log cannot be
     * read, 2 where it is not what was written.
     */
    public int print(List<Head> anchors) {
        try {
            Verdict verdict = read(new Clients(settings), anchors);
            verdict.lines().forEach(verdict.sound() ? out::println : errors::println);
            return verdict.sound() ? 0 : 2;
        } catch (LogRefused | KafkaException failure) {
            errors.println(new Reasons(settings).of(failure));
            return 1;
        }
    }

    /** Throws {@link LogRefused} or {@link KafkaException} where the log cannot be read. */
    static Verdict read(Clients clients, List<Head> anchors) {
        List<Standing> found = new ArrayList<>();
        List<Flaw> alien = new ArrayList<>();
        try (LogReader reader = new LogReader(clients)) {
            reader.requireTopic();
            if (reader.hasLost()) {
                alien.add(new Flaw.Forgotten(reader.begin()));
            }
            Consumer<ConsumerRecord<String, String>> each = record -> {
                try {
                    found.add(standing(record, found));
                } catch (ForeignRecord foreign) {
                    alien.add(new Flaw.Foreign(record.offset(), String.valueOf(foreign.getMessage())));
                }
            };
            reader.toEnd(each);
            long noted = anchors.stream().mapToLong(Head::sequence).max().orElse(0);
            reader.goOn(
                    each,
                    () -> noted == 0
                            || (!found.isEmpty() && found.get(found.size() - 1).sequence() >= noted));
        }
        alien.addAll(Verification.of(found, anchors));
        return Verdict.of(found, anchors, alien);
    }

    /** In a sound log a record's hash and the next one's word of it are equal: kept once, since logs are long. */
    private static Standing standing(ConsumerRecord<String, String> record, List<Standing> before) {
        Standing standing = Standing.of(record.offset(), Envelope.open(record.value()));
        String last = before.isEmpty() ? "" : before.get(before.size() - 1).hash();
        return last.equals(standing.previousHash())
                ? new Standing(standing.offset(), standing.sequence(), last, standing.hash())
                : standing;
    }
}
