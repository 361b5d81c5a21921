package io.signalbox.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What is kept of an output that may be endless: its first or its last bytes. */
final class Kept {
    private final int limit;
    private final boolean last;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Kept(int limit, boolean last) {
        this.limit = limit;
        this.last = last;
    }

    static Kept first(int limit) {
        return new Kept(limit, false);
    }

    static Kept last(int limit) {
        return new Kept(limit, true);
    }

    void add(byte[] chunk, int length) {
        if (!last) {
            bytes.write(chunk, 0, Math.min(length, limit - bytes.size()));
            return;
        }
        bytes.write(chunk, 0, length);
        // Twice the limit may wait here, so that not every chunk moves all that is kept.
        if (bytes.size() > 2L * limit) {
            shorten();
        }
    }

    String text() {
        if (bytes.size() > limit) {
            shorten();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void shorten() {
        byte[] all = bytes.toByteArray();
        bytes.reset();
        bytes.write(all, all.length - limit, limit);
    }
}
