package io.signalbox.brain;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * An export that was read through once and is whole: what it says it holds, it holds.
 *
 * @param digest SHA-256 in hex of everything before the closing line
 */
record Snapshot(Path file, JsonObject head, String digest) {
    static final int FORMAT = 1;
    static final String DIGEST = "sha256";
    /** They tell of a bot that runs, not of what it remembers. */
    static final Set<String> PASSING = Set.of(Keys.AUDIT_STATUS);

    /** Throws {@link BadSnapshot} with what is wrong and in which line, {@link IOException} where it cannot be read. */
    static Snapshot check(Path file) throws IOException {
        return new Reading(file).whole();
    }

    long keys() {
        return head.getLong("keys");
    }

    /** Each key in the order of the file. */
    void forEach(Consumer<KeyValue> each) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            lines.readLine();
            for (long key = 0; key < keys(); key++) {
                each.accept(KeyValue.read(new JsonObject(lines.readLine())));
            }
        }
    }

    private static final class Reading {
        private final Path file;
        private final MessageDigest digest = DigestUtils.getSha256Digest();
        private final Set<String> seen = new HashSet<>();
        private int number;

        Reading(Path file) {
            this.file = file;
        }

        Snapshot whole() throws IOException {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                JsonObject head = head(lines.readLine());
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    JsonObject json = json(line);
                    if (json.containsKey(DIGEST)) {
                        return new Snapshot(file, head, closed(json, head, lines.readLine()));
                    }
                    key(json);
                    add(line);
                }
            }
            throw new BadSnapshot(file + " ends without its closing line: it was cut off");
        }

        private JsonObject head(@Nullable String line) {
            number = 1;
            if (line == null) {
                throw new BadSnapshot(file + " is empty");
            }
            JsonObject head = json(line);
            if (!Integer.valueOf(FORMAT).equals(head.getValue("signalbox-brain"))) {
                throw wrong("it does not begin an export of a brain (\"signalbox-brain\":" + FORMAT + ")");
            }
            if (!(head.getValue("keys") instanceof Number)) {
                throw wrong("it does not say how many keys there are");
            }
            add(line);
            return head;
        }

        private void key(JsonObject json) {
            String key = read(json).key();
            if (!seen.add(key)) {
                throw wrong(key + " stands there a second time");
            }
            if (PASSING.contains(key)) {
                throw wrong(key + " is no part of an export");
            }
        }

        private KeyValue read(JsonObject json) {
            try {
                return KeyValue.read(json);
            } catch (BadSnapshot none) {
                throw wrong(none.getMessage());
            }
        }

        private String closed(JsonObject closing, JsonObject head, @Nullable String after) {
            String sum = HexFormat.of().formatHex(digest.digest());
            if (!sum.equals(closing.getValue(DIGEST))) {
                throw new BadSnapshot(
                        file + " was changed: its SHA-256 is " + sum + ", and it says " + closing.getValue(DIGEST));
            }
            if (seen.size() != head.getLong("keys")) {
                throw new BadSnapshot(
                        file + " holds " + seen.size() + " keys, and its head says " + head.getLong("keys"));
            }
            if (after != null) {
                number++;
                throw wrong("something stands after the closing line");
            }
            return sum;
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

        private BadSnapshot wrong(@Nullable String what) {
            return new BadSnapshot(file + ", line " + number + ": " + what);
        }
    }
}
