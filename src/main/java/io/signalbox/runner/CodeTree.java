package io.signalbox.runner;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Files in memory: what was hashed is what is written, whoever edits the folder in the meantime. All methods block. */
final class CodeTree {
    private static final long LARGEST = 64L << 20;

    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private long size;

    private record Entry(Buffer content, boolean executable) {}

    private CodeTree() {}

    /** Those of {@code names} that exist below {@code root}; links are followed only within it. */
    static CodeTree read(Path root, List<String> names) throws IOException {
        CodeTree tree = new CodeTree();
        Path real = root.toRealPath();
        for (String name : names) {
            if (Files.exists(real.resolve(name))) {
                tree.add(real, real.resolve(name));
            }
        }
        return tree;
    }

    String hash() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        entries.forEach((name, entry) -> {
            byte[] path = name.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(9)
                    .putInt(path.length)
                    .put((byte) (entry.executable ? 1 : 0))
                    .putInt(entry.content.length())
                    .array());
            digest.update(path);
            digest.update(entry.content.getBytes());
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Writes everything below {@code folder}, which does not exist yet, to the disk: readable and never writable. */
    void write(Path folder) throws IOException {
        Files.createDirectory(folder);
        for (var each : entries.entrySet()) {
            Path file = folder.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue().content.getBytes());
            Folders.sync(file);
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(each.getValue().executable ? "r-xr-xr-x" : "r--r--r--"));
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
                Folders.sync(directory);
                return super.postVisitDirectory(directory, failure);
            }
        });
    }

    /** Whether a file of this name, with its folders, is copied. */
    static boolean isPart(String name) {
        return Arrays.stream(name.split("/")).noneMatch(CodeTree::isLeftOut);
    }

    private static boolean isLeftOut(String name) {
        return name.equals("__pycache__") || name.equals(".git") || name.endsWith(".pyc");
    }

    private void add(Path root, Path path) throws IOException {
        if (isLeftOut(path.getFileName().toString())) {
            return;
        }
        Path real = path.toRealPath();
        if (!real.startsWith(root)) {
            throw new IOException(path + " leads out of the project folder, to " + real);
        }
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            try (var below = Files.list(path)) {
                for (Path each : below.toList()) {
                    add(root, each);
                }
            }
        } else if (attributes.isRegularFile()) {
            keep(root.relativize(path).toString(), real, attributes.size());
        }
    }

    private void keep(String name, Path file, long length) throws IOException {
        size += length;
        if (size > LARGEST) {
            throw new IOException(
                    "playbooks, roles, inventory and catalog hold more than " + (LARGEST >> 20) + " MiB; at " + name);
        }
        entries.put(name, new Entry(Buffer.buffer(Files.readAllBytes(file)), Files.isExecutable(file)));
    }
}
