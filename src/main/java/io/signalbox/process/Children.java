package io.signalbox.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts programs, each in a session of its own, with all signals at their defaults, reading from /dev/null.
 *
 * <p>At most {@link #AT_ONCE} are waited for at the same time; more wait for their turn. Futures fail with an
 * {@link IOException} where nothing could be started.
 */
public final class Children {
    private static final int AT_ONCE = 16;
    private static final Duration LATER = Duration.ofSeconds(10);

    private final WorkerExecutor threads;

    public Children(Vertx vertx) {
        // A thread waits here for each program on purpose: only one that waits for a day is worth a warning.
        this.threads = vertx.createSharedWorkerExecutor("children", AT_ONCE, 1, TimeUnit.DAYS);
    }

    /** Completes when the program has ended, or was killed with all its descendants because its time was over. */
    public Future<Ended> run(ProcessSpec spec) {
        return threads.executeBlocking(
                () -> {
                    Family family = Family.fresh();
                    return Attended.run(spec, start(spec, limit(spec), Redirect.PIPE, family.mark()), family);
                },
                false);
    }

    /** Starts a program that outlives the bot, its output appended to {@code log}; gives its pid. */
    public Future<Long> detach(ProcessSpec spec, Path log) {
        return threads.executeBlocking(
                () -> start(spec, List.of(), Redirect.appendTo(log.toFile()), Map.of())
                        .pid(),
                false);
    }

    /** For a bot that is killed meanwhile and can end nothing any more; while it lives it is the first to act. */
    private static List<String> limit(ProcessSpec spec) {
        Duration last = spec.timeout().plus(LATER);
        return List.of(
                "/usr/bin/timeout", "--kill-after=" + LATER.toSeconds(), Double.toString(last.toMillis() / 1000.0));
    }

    private static Process start(ProcessSpec spec, List<String> guard, Redirect output, Map<String, String> mark)
            throws IOException {
        String program = spec.argv().get(0);
        if (program.startsWith("/") && !Files.isExecutable(Path.of(program))) {
            throw new IOException(program + " cannot be started: there is no such file, or it may not be executed");
        }
        List<String> argv = new ArrayList<>(List.of("/usr/bin/setsid"));
        argv.addAll(guard);
        argv.addAll(List.of("/usr/bin/env", "--default-signal", "--"));
        argv.addAll(spec.argv());
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(spec.folder().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output)
                .redirectError(output);
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        builder.environment().putAll(mark);
        return builder.start();
    }
}
