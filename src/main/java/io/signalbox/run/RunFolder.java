package io.signalbox.run;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.runner.Folders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** The files of one run; {@code docs/runs.md} tells who writes which. The methods that read block. */
record RunFolder(Path path) {
    /** Of a run that was dispatched. */
    static RunFolder of(Story story) {
        return new RunFolder(
                Path.of(story.last(Event.Dispatched.class).orElseThrow().folder()));
    }

    Path plan() {
        return path.resolve("plan.json");
    }

    Path events() {
        return path.resolve("events.jsonl");
    }

    Path output() {
        return path.resolve("output.log");
    }

    /** What the wrapper itself complained of. */
    Path wrapperLog() {
        return path.resolve("wrapper.log");
    }

    /**
     * What the files say now. {@code pid} and {@code exit} are read last: whoever was dead before that has written them, or
     * never will.
     */
    Situation look() throws IOException {
        Optional<JsonObject> claimed = read("claimed");
        Optional<ProcessIdentity> wrapper = claimed.filter(record -> "wrapper".equals(record.getString("by")))
                .map(ProcessIdentity::wrapper);
        boolean wrapperLives = isAlive(wrapper);
        Optional<ProcessIdentity> child = read("pid").map(ProcessIdentity::child);
        boolean alive = wrapperLives || isAlive(child);
        return new Situation(
                Files.exists(plan()), claimed, child, Files.exists(path.resolve("cancelled")), alive, read("exit"));
    }

    /** Whether it is Ansible that runs here, which writes events. */
    boolean writesEvents() throws IOException {
        return read("plan.json")
                .map(plan -> plan.getJsonObject("environment").containsKey("SIGNALBOX_EVENTS"))
                .orElse(false);
    }

    /**
     * From now on nobody starts this run; false where it is taken already. As the wrapper does it: complete and exclusive
     * at once.
     */
    boolean giveUp(String reason) throws IOException {
        Path record = path.resolve(".claimed." + UUID.randomUUID());
        try (FileChannel file = FileChannel.open(record, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            JsonObject claim = new JsonObject().put("by", "bot").put("not started", reason);
            file.write(ByteBuffer.wrap(claim.encode().getBytes(StandardCharsets.UTF_8)));
            file.force(true);
            Files.createLink(path.resolve("claimed"), record);
        } catch (FileAlreadyExistsException taken) {
            return false;
        } finally {
            Files.deleteIfExists(record);
        }
        Folders.sync(path);
        return true;
    }

    private static boolean isAlive(Optional<ProcessIdentity> process) throws IOException {
        return process.isPresent() && process.get().isAlive();
    }

    private Optional<JsonObject> read(String name) throws IOException {
        try {
            return Optional.of(new JsonObject(Files.readString(path.resolve(name))));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        } catch (DecodeException damaged) {
            throw new IOException(path.resolve(name) + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
