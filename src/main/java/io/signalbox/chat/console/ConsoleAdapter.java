package io.signalbox.chat.console;

import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.chat.Adapter;
import io.signalbox.chat.Ear;
import io.signalbox.chat.Message;
import io.signalbox.chat.Said;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The terminal the bot was started from: one person, the login of the operating system. Every line is for the bot. */
public final class ConsoleAdapter implements Adapter {
    public static final String SERVICE = "console";

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAdapter.class);

    private final Vertx vertx;
    private final Person person;
    private final Room room;
    private final BufferedReader in;
    private final PrintStream out;
    /** A terminal that is held with Ctrl-S, or a pipe that nobody reads, makes a writer wait for as long as that lasts. */
    private final WorkerExecutor writer;

    private final Map<String, String> printed = new HashMap<>();

    public ConsoleAdapter(Vertx vertx, String login, String room, Reader in, PrintStream out) {
        this.vertx = vertx;
        this.person = new Person(SERVICE + ":" + login, login);
        this.room = Room.of(SERVICE, room);
        this.in = new BufferedReader(in);
        this.out = out;
        this.writer = vertx.createSharedWorkerExecutor("console-writer", 1, 1, TimeUnit.DAYS);
    }

    @Override
    public String service() {
        return SERVICE;
    }

    /** A terminal can only be read by waiting for it, so that has a thread of its own; what is read goes to the event loop. */
    @Override
    public Future<Void> open(Ear ear) {
        Context context = vertx.getOrCreateContext();
        Thread reader = new Thread(() -> read(line -> context.runOnContext(go -> hear(ear, line))), "console");
        reader.setDaemon(true);
        reader.start();
        return Future.succeededFuture();
    }

    private interface Line {
        void read(String text);
    }

    private void read(Line line) {
        try {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line.read(text);
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("The terminal can no longer be read");
        }
    }

    private void hear(Ear ear, String text) {
        if (!text.isBlank()) {
            ear.hear(new Said(person, room, UUID.randomUUID().toString(), null, text, new Said.ToBot()))
                    .onFailure(failure -> LOG.atError().setCause(failure).log("A line was not heard"));
        }
    }

    /** A living message is printed again only when its first line says something else: a terminal cannot take lines back. */
    @Override
    public Future<String> post(Message message, String handle) {
        String shown = message.last()
                ? message.text()
                : message.text().lines().findFirst().orElse("");
        String stage = shown.replaceAll("[0-9:]+", "");
        boolean news = !Objects.equals(printed.put(message.key(), stage), stage);
        if (message.last()) {
            printed.remove(message.key());
        }
        if (!news) {
            return Future.succeededFuture(message.key());
        }
        return writer.executeBlocking(() -> {
            out.println(shown);
            message.buttons().forEach(button -> out.println("  [" + button.label() + "] " + button.words()));
            out.flush();
            return message.key();
        });
    }

    @Override
    public Future<Boolean> isMember(String id) {
        return Future.succeededFuture(person.id().equals(id));
    }

    @Override
    public void processed(String message) {}

    @Override
    public Future<Void> close() {
        return writer.close();
    }
}
