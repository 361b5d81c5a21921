package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.catalog.Catalog;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The words about locks and freezes, by the names that they have in the catalog. */
final class LockVocabulary {
    private LockVocabulary() {}

    static Map<String, Function<Asked, Future<Reply>>> of(
            Brain brain, InstantSource clock, Supplier<Catalog> catalog, Locks locks, Freezes freezes, ZoneId zone) {
        HoldWords holds = new HoldWords(brain, clock, catalog, locks, zone);
        FreezeWords freezeWords = new FreezeWords(clock, catalog, freezes, zone);
        return Map.of(
                "locks", new LockList(brain, clock, catalog, locks)::locks,
                "lock", holds::lock,
                "extend", holds::extend,
                "unlock", new LockWords(brain, clock, catalog, locks)::unlock,
                "freeze", freezeWords::freeze,
                "thaw", freezeWords::thaw,
                "freezes", freezeWords::list,
                "noop", LockVocabulary::noDryRun);
    }

    private static Future<Reply> noDryRun(Asked word) {
        return Reply.no(
                "noop",
                "There is no dry run: what a command would do is planned and shown before anybody approves it, and"
                        + " nothing begins without that.",
                "`explain "
                        + word.argument("words").map(words -> "deploy " + words).orElse("COMMAND")
                        + "` shows the line that it runs.");
    }
}
