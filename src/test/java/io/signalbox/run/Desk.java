package io.signalbox.run;

import io.signalbox.fixture.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What systemd is to the bot: it starts one wrapper for each connection, the connection as its standard input. It turns to
 * its connections when {@code open} exists.
 */
final class Desk implements AutoCloseable {
    private static final String PROGRAM = """
            import os, signal, socket, subprocess, sys, time
            path, opened, *argv = sys.argv[1:]
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # none of them becomes a zombie
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(path)
            listener.listen()
            while True:
                connection, _ = listener.accept()
                while not os.path.exists(opened): time.sleep(0.02)
                subprocess.Popen(argv, stdin=connection, stdout=subprocess.DEVNULL)
                connection.close()
            """;

    private final Child child;

    private Desk(Child child) {
        this.child = child;
    }

    /** Starts the real wrapper for runs in {@code runs}. */
    static Desk of(Path socket, Path open, Path runs) {
        return starting(
                socket,
                open,
                "/usr/bin/python3",
                "-ISE",
                Path.of("libexec/signalbox-run").toAbsolutePath().toString(),
                "--from-socket",
                runs.toString());
    }

    static Desk starting(Path socket, Path open, String... argv) {
        List<String> words =
                new ArrayList<>(List.of("/usr/bin/python3", "-c", PROGRAM, socket.toString(), open.toString()));
        words.addAll(List.of(argv));
        Child child = Child.start(words, socket.resolveSibling("desk.log"));
        child.await(() -> Files.exists(socket));
        return new Desk(child);
    }

    @Override
    public void close() {
        child.kill();
    }
}
