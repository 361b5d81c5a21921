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
    private final Set<Player> players = new HashSet<>();
    /** Ids of those whom a player named, or spoke as. */
    private final Set<String> members = new HashSet<>();

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

    private void welcome(NetSocket socket, Ear ear) {
        Player player = new Player(socket, this::sendAway);
        players.add(player);
        RecordParser lines = RecordParser.newDelimited("\n", socket).maxRecordSize(LONGEST_LINE);
        lines.handler(line -> obey(player, ear, line));
        lines.exceptionHandler(failure -> {
            player.complain(failure.toString());
            player.end();
        });
        socket.closeHandler(closed -> players.remove(player));
    }

    /** Nothing more is kept for a player that reads nothing, which may be for ever. */
    private void sendAway(Player player) {
        if (players.remove(player)) {
            LOG.atWarn()
                    .addKeyValue("seconds", Player.PATIENCE.toSeconds())
                    .log("A player that reads nothing is disconnected; it can connect again");
            player.end();
        }
    }

    private void obey(Player player, Ear ear, Buffer line) {
        try {
            JsonObject order = line.toJsonObject();
            if (order.containsKey("say")) {
                hear(player, ear, PlayJson.said(order.getJsonObject("say")));
            } else if (order.containsKey("click")) {
                hear(player, ear, PlayJson.clicked(order.getJsonObject("click")));
            } else if (order.containsKey("settle")) {
                settled(player, ear)
                        .onSuccess(rest -> player.write(new JsonObject().put("idle", order.getValue("settle"))));
            } else if (order.containsKey("hello")) {
                members.addAll(PlayJson.people(order.getJsonObject("hello")));
            } else {
                player.complain("a line has one of: hello, say, click, settle");
            }
        } catch (RuntimeException malformed) {
            player.complain(malformed.toString());
        }
    }

    private void hear(Player player, Ear ear, Said said) {
        members.add(said.by().id());
        Future<Boolean> heard = ear.hear(said);
        handedIn.add(heard);
        heard.onComplete(done -> handedIn.remove(heard)).onSuccess(concerned -> {
            player.write(new JsonObject().put("heard", said.message()));
            if (!concerned) {
                player.write(new JsonObject().put("processed", said.message()));
            }
        });
    }

    /** What is not committed yet is in no state that the ear could find busy. */
    private Future<Void> settled(Player player, Ear ear) {
        return Future.join(List.copyOf(handedIn)).transform(heard -> ear.rest(() -> players.contains(player)));
    }

    @Override
    public Future<Boolean> isMember(String person) {
        return Future.succeededFuture(members.contains(person));
    }

    /**
     * Said when one player has it: nobody waits for another that is suspended. The key is the handle: posting a message
     * again after a lost answer does not make a second one.
     */
    @Override
    public Future<String> post(Message message, String handle) {
        if (players.isEmpty()) {
            return Future.failedFuture("nobody is connected to " + socket);
        }
        JsonObject line = new JsonObject().put(handle.isEmpty() ? "post" : "edit", PlayJson.message(message));
        return Future.any(List.copyOf(players).stream()
                        .map(player -> player.write(line))
                        .toList())
                .map(message.key());
    }

    @Override
    public void processed(String message) {
        List.copyOf(players).forEach(player -> player.write(new JsonObject().put("processed", message)));
    }

    @Override
    public Future<Void> close() {
        return server.close();
    }
}
