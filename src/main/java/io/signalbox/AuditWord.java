package io.signalbox;

import io.signalbox.audit.Tail;
import io.signalbox.bus.CommandId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/** {@code signalbox audit tail}: reads the log with the rights of whoever starts it, beside a running bot or without. */
@Command(name = "audit", description = "Reads the audit log.")
final class AuditWord {
    @ParentCommand
    private @Nullable Signalbox signalbox;

    @Command(name = "tail", description = "Prints the records for people, one line each.")
    int tail(
            @Option(names = "--follow", description = "goes on with what comes") boolean follow,
            @Option(names = "--command", paramLabel = "ID", converter = Id.class, description = "of one command")
                    @Nullable
                    CommandId command,
            @Option(names = "--json", description = "the records as they are") boolean json) {
        var settings = Objects.requireNonNull(signalbox).settings();
        return new Tail(settings.kafka(), System.out, System.err)
                .print(new Tail.Wish(follow, Optional.ofNullable(command), json));
    }

    static final class Id implements ITypeConverter<CommandId> {
        @Override
        public CommandId convert(String said) {
            try {
                return new CommandId(said);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
