package io.signalbox.systemd;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that the process lives as long as every one of its event loops turns, whatever Redis, Kafka or a chat does. */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final NotifySocket systemd;
    private final List<EventExecutor> loops = new ArrayList<>();
    private final Timer timer = new Timer("watchdog", true);
    private List<Future<?>> turns = List.of();

    /** All loops there are: also those on which no verticle lives, since connections do. */
    Watchdog(NotifySocket systemd, Vertx vertx) {
        this.systemd = systemd;
        ((VertxInternal) vertx).eventLoopGroup().forEach(loops::add);
    }

    /** {@code limit}: after which silence systemd kills this process. */
    void open(Duration limit) {
        ask();
        long pause = limit.dividedBy(3).toMillis();
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        look();
                    }
                },
                pause,
                pause);
    }

    private void ask() {
        turns = loops.stream().<Future<?>>map(loop -> loop.submit(() -> {})).toList();
    }

    private void look() {
        long hanging = turns.stream().filter(turn -> !turn.isDone()).count();
        try {
            if (hanging > 0) {
                LOG.atError()
                        .addKeyValue("hanging", hanging)
                        .addKeyValue("of", loops.size())
                        .log(
                                "Event loops do not turn: where that stays so, systemd will kill and restart this process");
            } else {
                systemd.send("WATCHDOG=1");
                ask();
            }
        } catch (IOException | RuntimeException failure) {
            LOG.atError().addKeyValue("error", failure.getMessage()).log("systemd could not be told that this lives");
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
