package io.signalbox.brain;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Compares an export with the brain, key by key. */
final class Comparison {
    /** What is left of a key's time is read in milliseconds, by clocks that are not asked at the same moment. */
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    private final Keyspace keyspace;

    Comparison(Keyspace keyspace) {
        this.keyspace = keyspace;
    }

    /** Of a key, what is compared: exports are larger than memory. */
    private record Print(String digest, @Nullable Long expires) {
        static Print of(KeyValue key) {
            return new Print(
                    DigestUtils.sha256Hex(new KeyValue(key.key(), key.type(), key.value(), null)
                            .line()
                            .encode()),
                    key.expires());
        }
    }

    List<String> of(Snapshot snapshot) throws IOException {
        Map<String, Print> exported = new HashMap<>();
        snapshot.forEach(key -> exported.put(key.key(), Print.of(key)));
        Map<String, Print> found = new HashMap<>();
        SortedSet<String> names = new TreeSet<>(keyspace.names());
        keyspace.read(names, key -> found.put(key.key(), Print.of(key)));
        names.addAll(exported.keySet());
        long now = keyspace.now();
        List<String> flaws = new ArrayList<>();
        for (String name : names) {
            String flaw = flaw(exported.get(name), found.get(name), now);
            if (!flaw.isEmpty()) {
                flaws.add(name + " " + flaw);
            }
        }
        return flaws;
    }

    private static String flaw(@Nullable Print exported, @Nullable Print found, long now) {
        if (exported == null) {
            return found == null ? "" : "is not in the export";
        }
        if (found == null) {
            return exported.expires() != null && exported.expires() < now + CLOCKS.toMillis() ? "" : "is missing";
        }
        if (!exported.digest().equals(found.digest())) {
            return "holds something else";
        }
        return isSameTime(exported.expires(), found.expires()) ? "" : "expires at another time";
    }

    private static boolean isSameTime(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return Objects.equals(one, other);
        }
        return Math.abs(one - other) <= CLOCKS.toMillis();
    }
}
