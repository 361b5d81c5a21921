package io.signalbox.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a file of lines that grows, in bounded memory: a line that is too long to mean anything is passed over. */
final class LineReader {
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_LINE = 1024 * 1024;
    private static final int CHUNKS_AT_ONCE = 64;

    private final Path file;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private boolean tooLong;

    LineReader(Path file) {
        this.file = file;
    }

    /** Hands over the lines that are complete by now, some megabytes at most; false where the end was reached. Blocks. */
    boolean read(Consumer<String> lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            for (int round = 0; round < CHUNKS_AT_ONCE; round++) {
                chunk.clear();
                int length = channel.read(chunk, position);
                if (length <= 0) {
                    return false;
                }
                position += length;
                chunk.flip();
                split(lines);
            }
            return true;
        } catch (NoSuchFileException notYet) {
            return false;
        }
    }

    private void split(Consumer<String> lines) {
        while (chunk.hasRemaining()) {
            byte next = chunk.get();
            if (next == '\n') {
                if (!tooLong) {
                    lines.accept(line.toString(StandardCharsets.UTF_8));
                }
                line.reset();
                tooLong = false;
            } else if (line.size() < LONGEST_LINE) {
                line.write(next);
            } else {
                tooLong = true;
            }
        }
    }
}
