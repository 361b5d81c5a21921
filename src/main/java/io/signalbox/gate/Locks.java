package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Hold;
import io.signalbox.brain.Lock;
import io.signalbox.brain.Story;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The locks that keep two runs apart. A run's lock has no expiry; it ends with the run. */
final class Locks {
    /** What a commit is declined as for its lock: a run has it, a person keeps it, or another command is next. */
    static final Set<String> CODES = Set.of("lock", "held", "queue");

    private static final Fragment LOCK = Fragment.beside(Locks.class, "gate.lock", "lock.lua");
    private static final Fragment UNLOCK = Fragment.beside(Locks.class, "gate.unlock", "unlock.lua");

    private final Brain brain;
    private final InstantSource clock;
    private final Queue queue;

    Locks(Brain brain, InstantSource clock, Queue queue) {
        this.brain = brain;
        this.clock = clock;
        this.queue = queue;
    }

    /** Whether this command could take its lock now; always where it has none. */
    Future<Verdict> areOpen(Asked asked) {
        return asked.lock()
                .map(name -> Future.all(brain.lock(name), brain.hold(name, clock.instant()), queue.waiting(name))
                        .map(all -> verdict(asked, name, all.resultAt(0), all.resultAt(1), all.resultAt(2))))
                .orElseGet(() -> Future.succeededFuture(Verdict.allowed()));
    }

    /** In the order in which the script checks it, which is what counts. */
    private Verdict verdict(Asked asked, String name, Optional<Lock> run, Optional<Hold> hold, List<Story> waiting) {
        Optional<Lock> other = run.filter(held -> !held.command().equals(asked.id()));
        if (other.isPresent()) {
            return busy(other.get());
        }
        if (hold.isPresent() && !hold.get().by().is(asked.by())) {
            return kept(hold.get());
        }
        return waiting.stream()
                .filter(story -> !asked.spec().unfrozen())
                .filter(story ->
                        hold.isEmpty() || story.requested().by().is(hold.get().by()))
                .findFirst()
                .filter(first -> !first.id().equals(asked.id()))
                .<Verdict>map(first -> next(name, first))
                .orElseGet(Verdict::allowed);
    }

    private static final String WAIT = "With `--wait` at its end the command waits for its turn.";

    private Verdict.Refused busy(Lock held) {
        return new Verdict.Refused(
                "lock",
                shown(held) + ".",
                "Say it again when that has ended; `log " + held.command() + "` shows how far it is.",
                WAIT,
                "If it is lost, `unlock " + held.name() + "` frees it.");
    }

    private Verdict.Refused kept(Hold hold) {
        return new Verdict.Refused(
                "held",
                shown(hold) + ".",
                hold.by().name() + " can `unlock " + hold.name() + "`; `take over " + hold.name()
                        + "` asks for it to become yours.",
                WAIT);
    }

    private static Verdict.Refused next(String name, Story first) {
        return new Verdict.Refused(
                "queue",
                name + " is free, and " + first.id() + " ("
                        + first.instruction().canonical() + ", "
                        + first.requested().by().name() + ") has waited for it and is next.",
                WAIT);
    }

    /** With the time since when, for people. */
    String shown(Lock held) {
        return held.shown(Times.shown(held.since(), clock.instant()));
    }

    String shown(Hold hold) {
        Instant now = clock.instant();
        return hold.shown(Times.shown(hold.since(), now), hold.until().map(end -> "until " + Times.shown(end, now)));
    }

    /** Why a commit was declined for its lock: who has it, or that it has just become free. */
    Future<Verdict.Refused> refusal(Asked asked) {
        return areOpen(asked)
                .map(verdict -> verdict instanceof Verdict.Refused refused
                        ? refused
                        : new Verdict.Refused(
                                "lock",
                                asked.lock().orElse("The lock") + " was held by another command until just now.",
                                "Say it again."));
    }

    /** In a commit: the lock must be free for this command, and is not taken. */
    static Commit.Part look(String name, Asked asked) {
        return new Commit.Part(LOCK, looking(name, asked));
    }

    /** In a commit: the lock must be free for this command, and is taken. */
    static Commit.Part take(String name, Asked asked) {
        JsonObject take = new JsonObject()
                .put("personName", asked.by().name())
                .put("what", asked.instruction().canonical());
        return new Commit.Part(LOCK, looking(name, asked).put("take", take));
    }

    /** In a commit: frees the lock, which must still be held by this command, which must be over. */
    static Commit.Part free(Lock held) {
        JsonArray over = new JsonArray();
        Arrays.stream(Kind.values()).filter(Kind::isTerminal).map(Kind::title).forEach(over::add);
        return new Commit.Part(
                UNLOCK, arguments(held.name(), held.command().value()).put("over", over));
    }

    /** The way back does not stand in line: what others wait for is what it undoes. */
    private static JsonObject looking(String name, Asked asked) {
        return arguments(name, asked.id().value())
                .put("person", asked.by().id())
                .put("ahead", asked.spec().unfrozen());
    }

    private static JsonObject arguments(String name, String command) {
        return new JsonObject().put("lock", name).put("command", command);
    }
}
