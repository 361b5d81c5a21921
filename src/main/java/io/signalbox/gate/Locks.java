package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Lock;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Arrays;

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

    Future<Verdict> isFree(String name) {
        return brain.lock(name).map(held -> held.<Verdict>map(this::busy).orElseGet(Verdict::allowed));
    }

    /** With the time since when, for people. */
    String shown(Lock held) {
        return held.shown(Times.shown(held.since(), clock.instant()));
    }

    private Verdict.Refused busy(Lock held) {
        return new Verdict.Refused(
                "lock",
                shown(held) + ".",
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
