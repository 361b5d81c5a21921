package io.signalbox.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * One program that is waited for. Its thread never reads where it would have to wait: something that the program left
 * behind may hold the other end of the pipe for ever.
 */
final class Attended {
    private static final long LOOK_MILLIS = 5;
    private static final int CHUNK = 65_536;

    private final ProcessSpec spec;
    private final Process process;
    private final Kept output;
    private final Kept errors;
    private final byte[] chunk = new byte[CHUNK];

    private Attended(ProcessSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
        this.output = Kept.first(spec.outputLimit());
        this.errors = Kept.last(spec.outputLimit());
    }

    static Ended run(ProcessSpec spec, Process process, Family family) throws IOException, InterruptedException {
        Attended attended = new Attended(spec, process);
        boolean ended = false;
        try {
            boolean timedOut = !attended.waitedFor();
            ended = !timedOut;
            if (timedOut) {
                family.end(process);
            }
            int code = process.waitFor();
            attended.drain();
            return new Ended(code, attended.output.text(), attended.errors.text(), timedOut);
        } finally {
            if (!ended) {
                family.end(process);
            }
            process.getInputStream().close();
            process.getErrorStream().close();
        }
    }

    private boolean waitedFor() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + spec.timeout().toNanos();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            drain();
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
        }
        return true;
    }

    private void drain() throws IOException {
        drain(process.getInputStream(), output);
        drain(process.getErrorStream(), errors);
    }

    private void drain(InputStream from, Kept kept) throws IOException {
        int available = from.available();
        while (available > 0) {
            int read = from.read(chunk, 0, Math.min(available, CHUNK));
            if (read < 0) {
                return;
            }
            kept.add(chunk, read);
            available -= read;
        }
    }
}
