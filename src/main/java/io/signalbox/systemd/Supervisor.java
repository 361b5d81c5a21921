package io.signalbox.systemd;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whoever has started this process and watches over it: told how it is, where it asked for that, and nobody otherwise. */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Optional<NotifySocket> systemd;
    private final Optional<Duration> limit;
    private @Nullable Watchdog watchdog;

    private Supervisor(Optional<NotifySocket> systemd, Optional<Duration> limit) {
        this.systemd = systemd;
        this.limit = limit;
    }

    /** Throws {@link IOException} where systemd asks for what cannot be given. */
    public static Supervisor of(Map<String, String> environment) throws IOException {
        Optional<String> path =
                Optional.ofNullable(environment.get("NOTIFY_SOCKET")).filter(text -> !text.isEmpty());
        try {
            return new Supervisor(path.map(NotifySocket::new), limit(environment));
        } catch (NumberFormatException malformed) {
            throw new IOException("WATCHDOG_USEC is no number: " + environment.get("WATCHDOG_USEC"), malformed);
        } catch (IllegalStateException impossible) {
            throw new IOException(impossible.getMessage(), impossible);
        }
    }

    /** It may be another process that is to be watched: then the variables were inherited by mistake. */
    private static Optional<Duration> limit(Map<String, String> environment) {
        String mine = Long.toString(ProcessHandle.current().pid());
        return Optional.ofNullable(environment.get("WATCHDOG_USEC"))
                .filter(set -> environment.getOrDefault("WATCHDOG_PID", mine).equals(mine))
                .map(text -> Duration.of(Long.parseLong(text), ChronoUnit.MICROS))
                .filter(limit -> !limit.isNegative() && !limit.isZero());
    }

    /** The process does what it is for. From now on it is watched. Throws where systemd cannot be told. */
    public void ready(Vertx vertx, String status) throws IOException {
        if (systemd.isPresent()) {
            systemd.get().send("READY=1\nSTATUS=" + line(status));
            if (limit.isPresent()) {
                watchdog = new Watchdog(systemd.get(), vertx);
                watchdog.open(limit.get());
            }
        }
    }

    /** It ends, as it was told to. */
    public void stopping(String status) {
        if (watchdog != null) {
            watchdog.close();
        }
        systemd.ifPresent(socket -> {
            try {
                socket.send("STOPPING=1\nSTATUS=" + line(status));
            } catch (IOException failure) {
                LOG.atWarn().addKeyValue("error", failure.getMessage()).log("systemd could not be told of the end");
            }
        });
    }

    private static String line(String status) {
        return status.replace('\n', ' ');
    }
}
