package io.signalbox.audit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A log in a file: a head line, a line for each record, and a closing line with their number, the last one's head and the
 * SHA-256 of all before it. This one was read through: it is whole, and its chain too.
 *
 * @param last the head of its newest record
 */
record LogFile(Path file, long records, Head last) {
    static final int FORMAT = 1;
    static final String HEAD = "signalbox-audit-log";
    static final String DIGEST = "sha256";

    /** One record as it stands in the topic. */
    record Line(long timestamp, String key, String value) {
        static Line read(JsonObject json) {
            if (json.getValue("timestamp") instanceof Number timestamp
                    && json.getValue("key") instanceof String key
                    && json.getValue("value") instanceof String value) {
                return new Line(timestamp.longValue(), key, value);
            }
            throw new LogRefused("it is no record");
        }

        JsonObject json() {
            return new JsonObject().put("timestamp", timestamp).put("key", key).put("value", value);
        }
    }

    /** Throws {@link LogRefused} with what is wrong and in which line, {@link IOException} where it cannot be read. */
    static LogFile check(Path file) throws IOException {
        return new Reading(file).whole();
    }

    void forEach(Consumer<Line> each) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            lines.readLine();
            for (long record = 0; record < records; record++) {
                each.accept(Line.read(new JsonObject(lines.readLine())));
            }
        }
    }

    private static final class Reading {
        private final Path file;
        private final MessageDigest digest = DigestUtils.getSha256Digest();
        private Optional<Head> head = Optional.empty();
        private long records;
        private long number = 1;

        Reading(Path file) {
            this.file = file;
        }

        LogFile whole() throws IOException {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                begin(lines.readLine());
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    JsonObject json = json(line);
                    if (json.containsKey(DIGEST)) {
                        close(json, lines.readLine());
                        return new LogFile(file, records, head.orElse(Head.START));
                    }
                    follow(json);
                    add(line);
                }
            }
            throw new LogRefused(file + " ends without its closing line: it was cut off");
        }

        private void begin(@Nullable String line) {
            if (line == null) {
                throw new LogRefused(file + " is empty");
            }
            if (!Integer.valueOf(FORMAT).equals(json(line).getValue(HEAD))) {
                throw wrong("it does not begin an exported audit log (\"" + HEAD + "\":" + FORMAT + ")");
            }
            add(line);
        }

        private void follow(JsonObject json) {
            try {
                Entry entry = Envelope.open(Line.read(json).value());
                head.ifPresent(before -> Chain.follow(before, entry));
                head = Optional.of(entry.head());
                records++;
            } catch (LogRefused | ForeignRecord | BrokenChain broken) {
                throw wrong(broken.getMessage() + "; keep this file as evidence");
            }
        }

        private void close(JsonObject closing, @Nullable String after) {
            String sum = HexFormat.of().formatHex(digest.digest());
            if (!sum.equals(closing.getValue(DIGEST))) {
                throw new LogRefused(
                        file + " was changed: its SHA-256 is " + sum + ", and it says " + closing.getValue(DIGEST));
            }
            if (!Long.valueOf(records).equals(closing.getLong("records"))) {
                throw wrong("there are " + records + " records, and it says " + closing.getLong("records"));
            }
            if (after != null) {
                throw wrong("something stands after the closing line");
            }
        }

        private void add(String line) {
            digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        private JsonObject json(String line) {
            try {
                return new JsonObject(line);
            } catch (DecodeException none) {
                throw wrong("it is no JSON object");
            }
        }

        private LogRefused wrong(String what) {
            return new LogRefused(file + ", line " + number + ": " + what);
        }
    }
}
