package io.signalbox.brain;

import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Writes an export: a head line, a line for each key, and a closing line with the SHA-256 of all before it. Nothing stands
 * under the file's name before it is complete and on disk; only its owner may read it.
 */
final class SnapshotWriter implements AutoCloseable {
    private final Path target;
    private final Path body;
    private final BufferedWriter lines;
    private final JsonObject head = new JsonObject();
    private long keys;

    SnapshotWriter(Path target, Instant at) throws IOException {
        this.target = target;
        this.body = temporary(target, ".keys");
        this.lines = Files.newBufferedWriter(body);
        head.put("signalbox-brain", Snapshot.FORMAT)
                .put("at", at.toString())
                .put("schema", "1")
                .put("reader", "1")
                .put("sequence", "0");
    }

    private static Path temporary(Path target, String suffix) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        return Files.createTempFile(
                folder,
                target.getFileName().toString(),
                suffix,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    void add(KeyValue key) throws IOException {
        lines.write(key.line().encode());
        lines.write('\n');
        keys++;
        note(key);
    }

    /** What the head tells of the keys that matter most. */
    private void note(KeyValue key) {
        if (key.key().equals(Keys.SEQUENCE)) {
            head.put("sequence", key.value());
        }
        if (key.key().equals(Keys.AUDIT_HEAD)) {
            head.put("audit", key.value());
        }
        if (key.key().equals(Keys.SCHEMA) && key.value() instanceof JsonObject schema) {
            head.put("schema", schema.getValue("version")).put("reader", schema.getValue("reader"));
        }
    }

    /** Returns the head line. */
    JsonObject finish() throws IOException {
        lines.close();
        head.put("keys", keys);
        Path whole = temporary(target, ".new");
        try {
            try (OutputStream out = Files.newOutputStream(whole)) {
                MessageDigest digest = DigestUtils.getSha256Digest();
                DigestOutputStream digested = new DigestOutputStream(out, digest);
                digested.write((head.encode() + "\n").getBytes(StandardCharsets.UTF_8));
                Files.copy(body, digested);
                String sum = HexFormat.of().formatHex(digest.digest());
                out.write(
                        (new JsonObject().put(Snapshot.DIGEST, sum).encode() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            try (FileChannel written = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
        return head;
    }

    @Override
    public void close() throws IOException {
        lines.close();
        Files.deleteIfExists(body);
    }
}
