package io.signalbox.gate.walk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Between a bot and its Redis: it carries everything, and breaks when it is told to lose an answer. */
final class Cable implements Closeable {
    private final ServerSocket ear;
    private final int redis;
    private final AtomicBoolean loses = new AtomicBoolean();
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();

    /** {@code redis}: the port on this machine that it leads to. */
    Cable(int redis) {
        this.redis = redis;
        try {
            ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return ear.getLocalPort();
    }

    /** The next script is run, and the connection breaks before its answer is back. */
    void loseAnAnswer() {
        loses.set(true);
    }

    /** Every connection breaks now; new ones can be made at once. */
    void cut() {
        ends.forEach(Cable::close);
        ends.clear();
    }

    void losesNothing() {
        loses.set(false);
    }

    private void accept() {
        try {
            while (!ear.isClosed()) {
                Socket near = ear.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), redis);
                ends.add(near);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                AtomicBoolean doomed = new AtomicBoolean();
                daemon(() -> carry(near, far, data -> {
                    if (data.contains("EVALSHA") && loses.compareAndSet(true, false)) {
                        doomed.set(true);
                    }
                    return true;
                }));
                daemon(() -> carry(far, near, data -> !doomed.get()));
            }
        } catch (IOException over) {
            // The cable was taken away.
        }
    }

    private interface Watch {
        /** Whether this passes; the connection ends where it does not. */
        boolean passes(String data);
    }

    private static void carry(Socket from, Socket to, Watch watch) {
        byte[] buffer = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!watch.passes(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException broken) {
            // The other side ended it.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It was closed already.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        ear.close();
    }
}
