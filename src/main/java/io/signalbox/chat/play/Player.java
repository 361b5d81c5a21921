package io.signalbox.chat.play;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other end of one connection, which may be suspended. */
final class Player {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Player.class);

    private final NetSocket socket;
    private final Consumer<Player> deaf;

    /** {@code deaf} is told when this one takes nothing for {@link #PATIENCE}. */
    Player(NetSocket socket, Consumer<Player> deaf) {
        this.socket = socket;
        this.deaf = deaf;
    }

    /** Completes when its end of the socket has the line; fails where it has gone, or takes nothing. */
    Future<Void> write(JsonObject line) {
        return socket.write(line.toBuffer().appendString("\n"))
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    LOG.atDebug().addKeyValue("error", failure.getMessage()).log("A line did not reach a player");
                    if (failure instanceof TimeoutException) {
                        deaf.accept(this);
                    }
                });
    }

    void complain(String problem) {
        write(new JsonObject().put("error", problem));
    }

    /** It ends when it has read what was written before. */
    void end() {
        socket.close();
    }
}
