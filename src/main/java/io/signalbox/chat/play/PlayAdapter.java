package io.signalbox.chat.play;

import io.signalbox.chat.Adapter;
import io.signalbox.chat.Ear;
import io.signalbox.chat.Message;
import io.signalbox.chat.Said;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chat room behind a unix socket that only the bot's own account may open. Everybody who speaks there is a member named
 * {@code play:<name>}, so it is off unless it is switched on.
 */
public final class PlayAdapter implements Adapter {
    public static final String SERVICE = "play";

    private static final Logger LOG = LoggerFactory.getLogger(PlayAdapter.class);
    private static final int LONGEST_LINE = 1 << 20;

    private final Vertx vertx;
    private final Path socket;
    private final NetServer server;
    private final Set<NetSocket> players = new HashSet<>();
    private final Set<Future<Boolean>> handedIn = new HashSet<>();

    public PlayAdapter(Vertx vertx, Path socket) {
        this.vertx = vertx;
        this.socket = socket;
        this.server = vertx.createNetServer();
    }

    @Override
    public String service() {
        return SERVICE;
    }

    /** What a killed bot left behind is removed; the state folder's lock has made sure that no other bot listens there. */
    @Override
    public Future<Void> open(Ear ear) {
        server.connectHandler(player -> welcome(player, ear));
        String path = socket.toString();
        return vertx.fileSystem()
                .exists(path)
                .compose(exists -> exists ? vertx.fileSystem().delete(path) : Future.succeededFuture())
                .compose(gone -> server.listen(SocketAddress.domainSocketAddress(path)))
                .compose(listening -> vertx.fileSystem().chmod(path, "rw-------"))
                .recover(failure -> Future.failedFuture(new IOException(
                        "nobody can listen at " + path + ", which the setting 'chat.play-socket' names: "
                                + failure.getMessage(),
                        failure)));
    }

    private void welcome(NetSocket player, Ear ear) {
        players.add(player);
        RecordParser lines = RecordParser.newDelimited("\n", player).maxRecordSize(LONGEST_LINE);
        lines.handler(line -> obey(player, ear, line));
        lines.exceptionHandler(failure -> {
            complain(player, failure.toString());
            player.close();
        });
        player.closeHandler(closed -> players.remove(player));
    }

    private void obey(NetSocket player, Ear ear, Buffer line) {
        try {
            JsonObject order = line.toJsonObject();
            if (order.containsKey("say")) {
                hear(player, ear, PlayJson.said(order.getJsonObject("say")));
            } else if (order.containsKey("click")) {
                hear(player, ear, PlayJson.clicked(order.getJsonObject("click")));
            } else if (order.containsKey("settle")) {
                settled(ear).onSuccess(rest -> write(player, new JsonObject().put("idle", order.getValue("settle"))));
            } else if (!order.containsKey("hello")) {
                complain(player, "a line has one of: hello, say, click, settle");
            }
        } catch (RuntimeException malformed) {
            complain(player, malformed.toString());
        }
    }

    private void hear(NetSocket player, Ear ear, Said said) {
        Future<Boolean> heard = ear.hear(said);
        handedIn.add(heard);
        heard.onComplete(done -> handedIn.remove(heard)).onSuccess(concerned -> {
            write(player, new JsonObject().put("heard", said.message()));
            if (!concerned) {
                write(player, new JsonObject().put("processed", said.message()));
            }
        });
    }

    /** What is not committed yet is in no state that the ear could find busy. */
    private Future<Void> settled(Ear ear) {
        return Future.join(List.copyOf(handedIn)).transform(heard -> ear.rest());
    }

    /** The key is the handle: posting a message again after a lost answer does not make a second one. */
    @Override
    public Future<String> post(Message message, String handle) {
        if (players.isEmpty()) {
            return Future.failedFuture("nobody is connected to " + socket);
        }
        JsonObject line = new JsonObject().put(handle.isEmpty() ? "post" : "edit", PlayJson.message(message));
        return Future.join(players.stream().map(player -> write(player, line)).toList())
                .map(message.key());
    }

    @Override
    public void processed(String message) {
        players.forEach(player -> write(player, new JsonObject().put("processed", message)));
    }

    private static void complain(NetSocket player, String problem) {
        write(player, new JsonObject().put("error", problem));
    }

    private static Future<Void> write(NetSocket player, JsonObject line) {
        return player.write(line.toBuffer().appendString("\n"))
                .onFailure(failure ->
                        LOG.atDebug().addKeyValue("error", failure.getMessage()).log("A player went away"));
    }

    @Override
    public Future<Void> close() {
        return server.close();
    }
}
