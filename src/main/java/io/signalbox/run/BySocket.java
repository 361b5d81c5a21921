package io.signalbox.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Something behind a unix socket starts the wrapper, as systemd does: one for each connection, in a cgroup of its own. */
final class BySocket implements Launcher {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 16 * 1024;

    private final NetClient client;
    private final Path socket;
    private final Duration patience;

    BySocket(Vertx vertx, Path socket) {
        this(vertx, socket, PATIENCE);
    }

    BySocket(Vertx vertx, Path socket, Duration patience) {
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) patience.toMillis()));
        this.socket = socket;
        this.patience = patience;
    }

    @Override
    public Future<Long> start(RunFolder folder) {
        return client.connect(SocketAddress.domainSocketAddress(socket.toString()))
                .recover(failure -> failed("cannot be reached: " + failure.getMessage()))
                .compose(connection -> order(connection, folder)
                        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .recover(failure -> failure instanceof TimeoutException
                                ? failed("did not answer within " + patience.toSeconds() + " seconds")
                                : Future.failedFuture(failure))
                        .eventually(connection::close));
    }

    private Future<Long> order(NetSocket connection, RunFolder folder) {
        Promise<Long> answer = Promise.promise();
        RecordParser lines = RecordParser.newDelimited("\n", connection).maxRecordSize(LONGEST_ANSWER);
        lines.handler(line -> read(line).onComplete(answer::tryComplete, answer::tryFail));
        lines.exceptionHandler(failure -> answer.tryFail(broken(failure.getMessage())));
        connection.closeHandler(closed -> answer.tryFail(broken("it hung up")));
        connection.write(folder.path() + "\n").onFailure(failure -> answer.tryFail(broken(failure.getMessage())));
        return answer.future();
    }

    private Future<Long> read(Buffer line) {
        try {
            JsonObject answer = line.toJsonObject();
            String refused = answer.getString("refused");
            Long pid = answer.getLong("pid");
            if (refused != null) {
                return Future.failedFuture(new Rejected(refused));
            }
            return pid == null ? failed("answered neither pid nor refused") : Future.succeededFuture(pid);
        } catch (DecodeException | ClassCastException malformed) {
            return failed("gave an answer that cannot be read: " + malformed.getMessage());
        }
    }

    private IOException broken(@Nullable String why) {
        return told("gave no answer: " + why);
    }

    private <T> Future<T> failed(String what) {
        return Future.failedFuture(told(what));
    }

    private IOException told(String what) {
        return new IOException("the socket " + socket + ", which the setting 'run.socket' names, " + what);
    }
}
