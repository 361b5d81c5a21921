package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Hold;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.LockNames;
import io.signalbox.notation.Durations;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code lock} and {@code extend}: a person keeps a lock by hand. */
final class HoldWords {
    private final Brain brain;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Supplier<Catalog> catalog;
    private final Locks locks;

    HoldWords(Brain brain, InstantSource clock, Supplier<Catalog> catalog, Locks locks, ZoneId zone) {
        this.brain = brain;
        this.clock = clock;
        this.zone = zone;
        this.catalog = catalog;
        this.locks = locks;
    }

    Future<Reply> lock(Asked word) {
        Instant now = clock.instant();
        return named(
                word,
                name -> brain.hold(name, now)
                        .compose(found -> found.map(hold -> kept(hold, word)).orElseGet(() -> take(name, word, now))));
    }

    private Future<Reply> take(String name, Asked word, Instant now) {
        Hold hold = new Hold(name, word.id(), word.by(), now, Ends.of(word, now, zone), word.argument("reason"));
        String end = hold.until().isPresent() ? "" : " It stays so until `unlock " + name + "`.";
        return brain.lock(name)
                .map(run -> Reply.say("Locked: " + locks.shown(hold) + "." + end
                                + run.filter(held -> !held.by().is(word.by()))
                                        .map(held -> " Before that, " + locks.shown(held) + ", which goes on.")
                                        .orElse(""))
                        .with(Holds.take(hold))
                        .orElse(declined -> taken(declined, name)));
    }

    private Future<Reply> kept(Hold hold, Asked word) {
        return hold.by().is(word.by())
                ? Reply.no(
                        "held",
                        locks.shown(hold) + ", which is you.",
                        hold.until().isPresent()
                                ? "`extend " + hold.name() + " 1h` moves its end."
                                : "It stays so until `unlock " + hold.name() + "`.")
                : Reply.no("held", locks.shown(hold) + ".", takeOver(hold));
    }

    static String takeOver(Hold hold) {
        return hold.by().name() + " can `unlock " + hold.name() + "`; `take over " + hold.name()
                + "` asks for it to become yours.";
    }

    private Future<Verdict.Refused> taken(CommitResult.Declined declined, String name) {
        return brain.hold(name, clock.instant())
                .map(found -> new Verdict.Refused(
                        "held",
                        found.map(hold -> locks.shown(hold) + ", since just now.")
                                .orElse(name + " changed hands just now (" + declined.code() + ")."),
                        "`locks` says how it is."));
    }

    Future<Reply> extend(Asked word) {
        Instant now = clock.instant();
        return named(
                word,
                name -> brain.hold(name, now).compose(found -> {
                    if (found.isEmpty()) {
                        return Reply.no("held", name + " is locked by nobody.", "`lock " + name + " for 1h` locks it.");
                    }
                    Hold hold = found.get();
                    if (!hold.by().is(word.by())) {
                        return Reply.no(
                                "held",
                                locks.shown(hold) + ".",
                                "Only " + hold.by().name() + " can extend it.");
                    }
                    return hold.until()
                            .map(end -> extended(hold, end, word))
                            .orElseGet(() -> Reply.no("held", locks.shown(hold) + ": it has no end to move."));
                }));
    }

    private Future<Reply> extended(Hold hold, Instant end, Asked word) {
        Duration by = word.argument("time").flatMap(Durations::read).orElse(Duration.ZERO);
        Hold longer =
                new Hold(hold.name(), word.id(), hold.by(), hold.since(), Optional.of(end.plus(by)), hold.reason());
        return Future.succeededFuture(Reply.say("Extended: " + locks.shown(longer) + ".")
                .with(Holds.replace(hold, longer))
                .orElse(declined -> taken(declined, hold.name())));
    }

    /** A lock of the catalog: one that no command takes would keep nobody out. */
    private Future<Reply> named(Asked word, Function<String, Future<Reply>> then) {
        LockNames names = LockNames.of(catalog.get());
        Optional<String> said = word.argument("lock");
        if (said.isEmpty()) {
            return Reply.no(
                    "lock",
                    "Which lock?",
                    names.listed(),
                    "Nothing new begins anywhere after `freeze everything because …`.");
        }
        return names.meant(said.get()) instanceof LockNames.NoLock no
                ? Reply.no("lock", no.reason(), no.help())
                : then.apply(((LockNames.Known) names.meant(said.get())).name());
    }
}
