package io.signalbox.audit;

import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** Writes a {@link LogFile}, which stands under its name when it is complete and on disk; only its owner may read it. */
final class LogFileWriter implements AutoCloseable {
    private final Path target;
    private final Path growing;
    private final OutputStream file;
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private final DigestOutputStream digested;
    private Optional<Head> head = Optional.empty();
    private Optional<String> flaw = Optional.empty();
    private long records;

    LogFileWriter(Path target, String topic, Instant at) throws IOException {
        this.target = target;
        this.growing = Files.createTempFile(
                target.toAbsolutePath().getParent(),
                String.valueOf(target.getFileName()),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        this.file = Files.newOutputStream(growing);
        this.digested = new DigestOutputStream(new BufferedOutputStream(file), digest);
        write(
                digested,
                new JsonObject()
                        .put(LogFile.HEAD, LogFile.FORMAT)
                        .put("at", at.toString())
                        .put("topic", topic));
    }

    void add(LogFile.Line line) {
        try {
            write(digested, line.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        records++;
        if (flaw.isEmpty()) {
            follow(line);
        }
    }

    private void follow(LogFile.Line line) {
        try {
            Entry entry = Envelope.open(line.value());
            head.ifPresent(before -> Chain.follow(before, entry));
            head = Optional.of(entry.head());
        } catch (ForeignRecord | BrokenChain broken) {
            flaw = Optional.of("line " + (records + 1) + ": " + broken.getMessage());
        }
    }

    /** What is wrong with the chain first. */
    Optional<String> flaw() {
        return flaw;
    }

    /** Returns what was written, for people. */
    String finish() throws IOException {
        digested.flush();
        String last = head.map(Head::brief).orElse("none");
        digested.on(false);
        write(
                digested,
                new JsonObject()
                        .put("records", records)
                        .put("last", last)
                        .put(LogFile.DIGEST, HexFormat.of().formatHex(digest.digest())));
        digested.close();
        try (FileChannel written = FileChannel.open(growing, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE);
        return records + " records, the last is " + last;
    }

    private static void write(OutputStream out, JsonObject line) throws IOException {
        out.write((line.encode() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(growing);
    }
}
