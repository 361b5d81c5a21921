package io.signalbox.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How runs are conducted.
 *
 * @param socket behind which something starts a run's wrapper; without it the bot starts each wrapper itself
 * @param atOnce how many may be under way
 * @param perEnvironment how many of them in one environment
 * @param outputBytes how much is kept of what one prints
 * @param keep how long the folder of one that is over stays
 * @param keepBytes how much the folders of all that are over may hold; the oldest go first
 */
public record RunConduct(
        Optional<Path> socket, int atOnce, int perEnvironment, long outputBytes, Duration keep, long keepBytes) {
    private static final int AT_ONCE = 8;
    /** So that one environment never takes all places from the others. */
    private static final int PER_ENVIRONMENT = 6;

    private static final long MEBIBYTE = 1L << 20;
    private static final long OUTPUT = 100 * MEBIBYTE;
    private static final Duration KEEP = Duration.ofDays(90);
    private static final long KEEP_BYTES = 5L << 30;

    public RunConduct {
        Rules rules = new Rules();
        socket.ifPresent(path -> SocketPath.demand(rules, Key.RUN_SOCKET.path(), path));
        rules.enforce();
    }

    /** What holds where nothing is set. */
    public static RunConduct standard() {
        return new RunConduct(Optional.empty(), AT_ONCE, PER_ENVIRONMENT, OUTPUT, KEEP, KEEP_BYTES);
    }

    static RunConduct read(Values values) {
        RunConduct standard = standard();
        return new RunConduct(
                values.path(Key.RUN_SOCKET),
                values.number(Key.RUN_AT_ONCE, standard.atOnce, 1, 1000),
                values.number(Key.RUN_AT_ONCE_PER_ENVIRONMENT, standard.perEnvironment, 1, 1000),
                values.size(Key.RUN_OUTPUT_SIZE, standard.outputBytes, MEBIBYTE),
                values.days(Key.RUN_KEEP, standard.keep),
                values.size(Key.RUN_KEEP_SIZE, standard.keepBytes, MEBIBYTE));
    }

    public RunConduct by(Path other) {
        return new RunConduct(Optional.of(other), atOnce, perEnvironment, outputBytes, keep, keepBytes);
    }

    public RunConduct atOnce(int most, int inOneEnvironment) {
        return new RunConduct(socket, most, inOneEnvironment, outputBytes, keep, keepBytes);
    }

    public RunConduct printing(long most) {
        return new RunConduct(socket, atOnce, perEnvironment, most, keep, keepBytes);
    }

    public RunConduct keeping(Duration time, long bytes) {
        return new RunConduct(socket, atOnce, perEnvironment, outputBytes, time, bytes);
    }
}
