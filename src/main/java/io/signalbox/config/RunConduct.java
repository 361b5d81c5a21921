package io.signalbox.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How runs are conducted.
 *
 * @param socket behind which something starts a run's wrapper; without it the bot starts each wrapper itself
 */
public record RunConduct(Optional<Path> socket) {
    public RunConduct {
        Rules rules = new Rules();
        socket.ifPresent(path -> SocketPath.demand(rules, Key.RUN_SOCKET.path(), path));
        rules.enforce();
    }

    /** What holds where nothing is set. */
    public static RunConduct standard() {
        return new RunConduct(Optional.empty());
    }

    public RunConduct by(Path other) {
        return new RunConduct(Optional.of(other));
    }
}
