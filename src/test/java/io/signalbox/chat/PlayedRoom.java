package io.signalbox.chat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The other end of the play socket, for tests that speak to the chat stage as a player does. */
final class PlayedRoom implements AutoCloseable {
    private final SocketChannel channel;
    private final BlockingQueue<JsonObject> lines = new LinkedBlockingQueue<>();
    private final List<JsonObject> seen = new ArrayList<>();

    PlayedRoom(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        Thread reader = new Thread(this::read, "played room");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(new JsonObject(line));
            }
        } catch (IOException closed) {
            lines.add(new JsonObject().put("closed", closed.toString()));
        }
    }

    void say(String id, String person, String room, String text) {
        say(id, person, room, text, new JsonObject());
    }

    /** The same with what else the line may hold: {@code at}, {@code edited}. */
    void say(String id, String person, String room, String text, JsonObject more) {
        write(new JsonObject()
                .put(
                        "say",
                        new JsonObject()
                                .put("id", id)
                                .put("person", person)
                                .put("room", room)
                                .put("text", text)
                                .mergeIn(more)));
    }

    /** Clicks the button of these words under the bot's message of this key. */
    void click(String id, String person, String message, String words) {
        write(new JsonObject()
                .put(
                        "click",
                        new JsonObject()
                                .put("id", id)
                                .put("person", person)
                                .put("room", "ops")
                                .put("message", message)
                                .put("button", words)));
    }

    /** The next text of the bot. */
    JsonObject post() throws InterruptedException {
        return await(line -> line.containsKey("post")).getJsonObject("post");
    }

    void write(JsonObject line) {
        try {
            channel.write(ByteBuffer.wrap((line.encode() + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line from now on that this holds for; fails after ten seconds with everything that came. */
    JsonObject await(Predicate<JsonObject> wanted) throws InterruptedException {
        for (JsonObject line = lines.poll(10, TimeUnit.SECONDS);
                line != null;
                line = lines.poll(10, TimeUnit.SECONDS)) {
            seen.add(line);
            if (wanted.test(line)) {
                return line;
            }
        }
        throw new AssertionError("not heard within ten seconds; what came: " + seen);
    }

    List<JsonObject> seen() {
        return seen;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
