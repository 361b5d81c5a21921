package io.signalbox.audit;

import io.signalbox.bus.CommandId;
import io.signalbox.config.KafkaSettings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Prints the life of one command from the log. Blocks: not for an event loop. */
public final class Show {
    private final KafkaSettings settings;
    private final PrintStream out;
    private final PrintStream errors;

    public Show(KafkaSettings settings, PrintStream out, PrintStream errors) {
        this.settings = settings;
        this.out = out;
        this.errors = errors;
    }

    /** Returns the exit status: 0, 1 where the log cannot be read or has nothing of this command. */
    public int print(CommandId id) {
        try {
            read(new Clients(settings), id).forEach(out::println);
            return 0;
        } catch (LogRefused | KafkaException failure) {
            errors.println(new Reasons(settings).of(failure));
            return 1;
        }
    }

    /** Throws {@link LogRefused} where there is nothing of it, that or {@link KafkaException} where the log cannot be read. */
    static List<String> read(Clients clients, CommandId id) {
        List<Entry> entries = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        try (LogReader reader = new LogReader(clients)) {
            reader.requireTopic();
            reader.toEnd(record -> {
                if (!id.value().equals(record.key())) {
                    return;
                }
                try {
                    entries.add(Envelope.open(record.value()));
                } catch (ForeignRecord foreign) {
                    damaged.add("offset " + record.offset() + ": " + foreign.getMessage());
                }
            });
        }
        if (entries.isEmpty()) {
            throw new LogRefused("the audit log has no record of " + id
                    + (damaged.isEmpty() ? "" : " that can be read; " + String.join("; ", damaged)));
        }
        List<String> lines = new ArrayList<>(Life.of(entries));
        lines.addAll(damaged);
        return lines;
    }
}
