package io.signalbox.brain;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Takes a brain from one Redis to another by way of a file. Blocks: not for an event loop. */
public final class Transfer {
    /** What Redis reads at one go before anybody waits for it noticeably. */
    private static final int AT_ONCE = 20_000;

    private static final Script BEGIN = new Script(LuaText.beside(Transfer.class, "import-begin.lua"));
    private static final Script END = new Script(LuaText.beside(Transfer.class, "import-end.lua"));

    private final Connection redis;
    private final Keyspace keyspace;
    private final int atOnce;

    public Transfer(Connection redis) {
        this(redis, AT_ONCE);
    }

    Transfer(Connection redis, int atOnce) {
        this.redis = redis;
        this.keyspace = new Keyspace(redis);
        this.atOnce = atOnce;
    }

    /**
     * Writes the brain as it is at one moment to a file that does not exist yet; returns what it wrote, for people.
     *
     * @throws BadSnapshot where that cannot be
     * @throws BrainUnavailable where Redis does not answer
     */
    public String export(Path file, Instant now) throws IOException {
        if (Files.exists(file)) {
            throw new BadSnapshot(file + " exists already, and may be all that is left of a brain: name another file");
        }
        try (SnapshotWriter writer = new SnapshotWriter(file, now)) {
            if (keyspace.names().size() <= atOnce) {
                for (KeyValue key : keyspace.atOnce()) {
                    writer.add(key);
                }
            } else {
                bitByBit(writer);
            }
            return summary("exported", writer.finish());
        }
    }

    /** Only a bot changes a brain, so one that no bot uses stays as it is for as long as it takes. */
    private void bitByBit(SnapshotWriter writer) throws IOException {
        requireNoBot("the brain is too large to be read at one moment, and a bot runs on it");
        String before = keyspace.sequence();
        keyspace.read(keyspace.names(), writer::add);
        requireNoBot("a bot began to use the brain meanwhile");
        if (!keyspace.sequence().equals(before)) {
            throw new BadSnapshot("the brain was changed meanwhile: stop the bot, then export it");
        }
    }

    private void requireNoBot(String otherwise) {
        if (keyspace.isInUse()) {
            throw new BadSnapshot(otherwise + ": stop the bot, then export it");
        }
    }

    /**
     * Fills an empty brain from a file that is whole, and compares them; returns what it did, for people. Where it is cut off,
     * the same file may be imported again, and until then no bot changes the brain.
     */
    public String restore(Path file) throws IOException {
        Snapshot snapshot = Snapshot.check(file);
        int known = new Schema(redis, Schema.MIGRATIONS).version();
        int reader = Integer.parseInt(snapshot.head().getString("reader", "1"));
        if (reader > known) {
            throw new BadSnapshot(file + " is of a later release: it takes one that knows schema " + reader
                    + ", and this one knows " + known);
        }
        String refusal = BEGIN.run(
                        redis, new JsonObject().put("digest", snapshot.digest()).encode())
                .await()
                .toString();
        if (!refusal.isEmpty()) {
            throw new BadSnapshot(refusal);
        }
        JsonObject end = new JsonObject();
        Keyspace.Writing writing = keyspace.new Writing();
        snapshot.forEach(key -> {
            if (key.key().equals(Keys.SCHEMA)) {
                end.put("schema", key.value());
            } else {
                writing.add(key);
            }
        });
        writing.flush();
        List<String> flaws = new Comparison(keyspace)
                .of(snapshot).stream()
                        .filter(flaw -> !flaw.startsWith(Keys.SCHEMA + " "))
                        .toList();
        if (!flaws.isEmpty()) {
            throw new BadSnapshot("the brain is not what " + file + " holds: " + String.join("; ", flaws));
        }
        END.run(redis, end.encode()).await();
        return summary("imported and compared", snapshot.head());
    }

    /** Every way in which the brain is not what the file holds, each beginning with the key; empty where there is none. */
    public List<String> differences(Path file) throws IOException {
        return new Comparison(keyspace).of(Snapshot.check(file));
    }

    private static String summary(String done, JsonObject head) {
        JsonObject audit = head.getJsonObject("audit", new JsonObject());
        String log = audit.containsKey("sequence")
                ? ", the audit log acknowledged up to " + audit.getString("sequence") + " in the topic "
                        + audit.getString("topic")
                : ", nothing acknowledged by an audit log";
        return done + " " + head.getLong("keys") + " keys: schema " + head.getString("schema")
                + ", records given up to " + head.getString("sequence") + log;
    }
}
