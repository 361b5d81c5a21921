package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Keys;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The locks that keep two runs apart. A run's lock has no expiry; it ends with the run. */
final class Locks {
    private static final Fragment LOCK = Fragment.beside(Locks.class, "gate.lock", "lock.lua");
    private static final Fragment UNLOCK = Fragment.beside(Locks.class, "gate.unlock", "unlock.lua");

    private final Brain brain;
    private final InstantSource clock;

    Locks(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
    }

    Future<Optional<Lock>> find(String name) {
        return brain.hash(Keys.lock(name))
                .map(hash -> hash.isEmpty() ? Optional.empty() : Optional.of(Lock.read(name, hash)));
    }

    /** Every lock that is held, by name. */
    Future<List<Lock>> held() {
        return brain.members(Keys.LOCKS)
                .compose(names -> Future.all(names.stream().map(this::find).toList()))
                .map(all -> all.<Optional<Lock>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    Future<Verdict> isFree(String name) {
        return find(name).map(held -> held.<Verdict>map(this::busy).orElseGet(Verdict::allowed));
    }

    private Verdict.Refused busy(Lock held) {
        return new Verdict.Refused(
                "lock",
                held.shown(clock.instant()) + ".",
                "Say it again when that has ended; `log " + held.command() + "` shows how far it is.",
                "If it is lost, `unlock " + held.name() + "` frees it.");
    }

    /** Why a commit was declined for this lock: who holds it, or that it has just become free. */
    Future<Verdict.Refused> refusal(String name) {
        return isFree(name)
                .map(verdict -> verdict instanceof Verdict.Refused refused
                        ? refused
                        : new Verdict.Refused(
                                "lock", name + " was held by another command until just now.", "Say it again."));
    }

    /** In a commit: the lock must be free, and is not taken. */
    static Commit.Part look(String name, CommandId command) {
        return new Commit.Part(LOCK, arguments(name, command));
    }

    /** In a commit: the lock must be free, and is taken. */
    static Commit.Part take(String name, CommandId command, Person by, String what) {
        return new Commit.Part(
                LOCK,
                arguments(name, command)
                        .put(
                                "take",
                                new JsonObject()
                                        .put("person", by.id())
                                        .put("personName", by.name())
                                        .put("what", what)));
    }

    /** In a commit: frees the lock, which must still be held by this command, which must be over. */
    static Commit.Part free(Lock held) {
        JsonArray over = new JsonArray();
        Arrays.stream(Kind.values()).filter(Kind::isTerminal).map(Kind::title).forEach(over::add);
        return new Commit.Part(UNLOCK, arguments(held.name(), held.command()).put("over", over));
    }

    private static JsonObject arguments(String name, CommandId command) {
        return new JsonObject().put("lock", name).put("command", command.value());
    }
}
