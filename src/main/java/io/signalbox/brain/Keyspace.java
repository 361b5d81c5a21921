package io.signalbox.brain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** All keys of the brain at once, for those who copy it. Blocks: not for an event loop. */
final class Keyspace {
    private static final Script READ = new Script(LuaText.beside(Keyspace.class, "export.lua"));
    private static final Script WRITE = new Script(LuaText.beside(Keyspace.class, "import.lua"));
    private static final int SCANNED = 1000;
    private static final int BATCH = 200;

    private final Connection redis;

    Keyspace(Connection redis) {
        this.redis = redis;
    }

    /** Whether a bot has said something of itself within five seconds. */
    boolean isInUse() {
        return redis.send("EXISTS", Keys.AUDIT_STATUS).await().toInteger() == 1;
    }

    /** By Redis's own clock. */
    long now() {
        return redis.time().await();
    }

    String sequence() {
        Response found = redis.send("GET", Keys.SEQUENCE).await();
        return found == null ? "0" : found.toString();
    }

    /** The names, without those that are no part of an export. */
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        String cursor = "0";
        do {
            Response page = redis.send("SCAN", cursor, "MATCH", Keys.PREFIX + "*", "COUNT", Integer.toString(SCANNED))
                    .await();
            cursor = page.get(0).toString();
            page.get(1).forEach(name -> names.add(name.toString()));
        } while (!cursor.equals("0"));
        names.removeAll(Snapshot.PASSING);
        return names;
    }

    /** Every key as it is at one moment; Redis does nothing else meanwhile. */
    List<KeyValue> atOnce() {
        return keys(READ.run(redis, "{}").await());
    }

    /** These, as far as they exist, a few at a time. */
    void read(Collection<String> names, Each each) throws IOException {
        List<String> all = List.copyOf(names);
        for (int from = 0; from < all.size(); from += BATCH) {
            JsonObject wanted =
                    new JsonObject().put("keys", new JsonArray(all.subList(from, Math.min(from + BATCH, all.size()))));
            for (KeyValue key : keys(READ.run(redis, wanted.encode()).await())) {
                each.accept(key);
            }
        }
    }

    /** Takes one key. */
    interface Each {
        void accept(KeyValue key) throws IOException;
    }

    /** Collects keys and writes them a few at a time. */
    final class Writing {
        private final JsonArray waiting = new JsonArray();

        void add(KeyValue key) {
            waiting.add(key.line());
            if (waiting.size() == BATCH) {
                flush();
            }
        }

        void flush() {
            if (!waiting.isEmpty()) {
                WRITE.run(redis, waiting.encode()).await();
                waiting.clear();
            }
        }
    }

    private static List<KeyValue> keys(Response found) {
        List<KeyValue> keys = new ArrayList<>();
        for (Response entry : found) {
            KeyValue key = KeyValue.read(entry);
            if (!Snapshot.PASSING.contains(key.key())) {
                keys.add(key);
            }
        }
        keys.sort((one, other) -> one.key().compareTo(other.key()));
        return keys;
    }
}
