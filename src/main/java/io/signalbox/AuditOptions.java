package io.signalbox;

import io.signalbox.audit.Head;
import io.signalbox.bus.CommandId;
import io.signalbox.notation.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the values of {@code audit}'s options are, said where they are none. */
final class AuditOptions {
    private AuditOptions() {}

    private static <T> T read(String said, Function<String, T> how) {
        try {
            return how.apply(said);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }

    static final class Id implements ITypeConverter<CommandId> {
        @Override
        public CommandId convert(String said) {
            return read(said, CommandId::new);
        }
    }

    static final class Noted implements ITypeConverter<Head> {
        @Override
        public Head convert(String said) {
            return read(said, Head::noted);
        }
    }

    /** A name or an id. */
    static final class Words implements ITypeConverter<String> {
        @Override
        public String convert(String said) {
            if (said.isBlank()) {
                throw new TypeConversionException("it is empty");
            }
            return said.strip();
        }
    }

    /** A time, or how long ago it was. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String said) {
            Optional<Duration> ago = said.matches("[1-9][0-9]{0,4}d")
                    ? Optional.of(Duration.ofDays(Long.parseLong(said.substring(0, said.length() - 1))))
                    : Durations.read(said);
            return ago.map(Instant.now()::minus).orElseGet(() -> time(said));
        }

        private static Instant time(String said) {
            try {
                return said.indexOf('T') < 0
                        ? LocalDate.parse(said).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(said);
            } catch (DateTimeParseException none) {
                throw new TypeConversionException("'" + said
                        + "' is neither how long ago, as in 30m, 2h or 7d, nor a time (UTC), as in 2026-11-21 or"
                        + " 2026-11-21T10:15:30Z");
            }
        }
    }
}
