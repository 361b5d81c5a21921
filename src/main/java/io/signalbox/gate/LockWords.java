package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Lock;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code locks} and {@code unlock}. */
final class LockWords {
    private final Brain brain;
    private final InstantSource clock;
    private final Locks locks;

    LockWords(Brain brain, InstantSource clock, Locks locks) {
        this.brain = brain;
        this.clock = clock;
        this.locks = locks;
    }

    Future<Reply> locks(Asked word) {
        return brain.locks()
                .map(held -> Reply.say(
                        held.isEmpty()
                                ? "No lock is held."
                                : held.stream().map(locks::shown).collect(Collectors.joining("\n"))));
    }

    Future<Reply> unlock(Asked word) {
        String name = word.argument("lock").orElse("");
        return brain.lock(name)
                .compose(found -> found.map(held -> free(held, word)).orElseGet(() -> notHeld(name)));
    }

    private Future<Reply> notHeld(String name) {
        return brain.locks().compose(held -> Reply.no("lock", name + " is not held by anything.", others(held)));
    }

    private static String others(List<Lock> held) {
        return held.isEmpty()
                ? "No lock is held."
                : "Held now: " + held.stream().map(Lock::name).collect(Collectors.joining(", ")) + ".";
    }

    private Future<Reply> free(Lock held, Asked word) {
        return brain.story(held.command())
                .map(holder -> Reply.say(freed(held, holder, word))
                        .with(Locks.free(held))
                        .orElse(declined -> refusal(declined, held)));
    }

    private String freed(Lock held, Optional<Story> holder, Asked word) {
        Instant now = clock.instant();
        String end = holder.flatMap(story -> story.last(Event.Finished.class))
                .map(finished -> ", which ended as " + finished.outcome().title())
                .orElse("");
        return held.name() + " is free again. It was held by " + held.command() + " (" + held.what() + ", "
                + held.by().name() + ", " + Times.shown(held.since(), now) + ")" + end + "."
                + word.argument("reason").map(reason -> " Reason: " + reason).orElse("");
    }

    private Future<Verdict.Refused> refusal(CommitResult.Declined declined, Lock held) {
        return Future.succeededFuture(
                declined.code().equals("running")
                        ? new Verdict.Refused(
                                "running",
                                locks.shown(held) + ", which is not over: it is "
                                        + Kind.titled(declined.detail()).title() + ".",
                                "`cancel " + held.command() + "` ends it, and its lock with it.")
                        : new Verdict.Refused(
                                "lock", held.name() + " went to somebody else just now.", "`locks` says to whom."));
    }
}
