package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Hold;
import io.signalbox.brain.Lock;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.LockNames;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code unlock}: a lock that a person keeps by hand, and one whose run is lost. */
final class LockWords {
    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Locks locks;

    LockWords(Brain brain, InstantSource clock, Supplier<Catalog> catalog, Locks locks) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.locks = locks;
    }

    Future<Reply> unlock(Asked word) {
        Optional<String> said = word.argument("lock");
        return said.isEmpty()
                ? held().compose(held -> Reply.no("lock", "Which lock?", held))
                : named(said.get())
                        .compose(name -> Future.all(brain.lock(name), brain.hold(name, clock.instant()))
                                .compose(both -> unlock(name, both.resultAt(0), both.resultAt(1), word)));
    }

    /** What is held counts as it is called, also where the catalog knows it no longer. */
    private Future<String> named(String said) {
        LockNames.Meaning meaning = LockNames.of(catalog.get()).meant(said);
        return brain.lock(said)
                .map(run -> run.isEmpty() && meaning instanceof LockNames.Known known ? known.name() : said);
    }

    private Future<Reply> unlock(String name, Optional<Lock> run, Optional<Hold> hold, Asked word) {
        if (hold.isPresent() && hold.get().by().is(word.by())) {
            return giveUp(hold.get(), run, word);
        }
        if (run.isPresent()) {
            return free(run.get(), word);
        }
        return hold.isPresent()
                ? Reply.no("held", locks.shown(hold.get()) + ".", HoldWords.takeOver(hold.get()))
                : held().compose(held -> Reply.no("lock", name + " is not held by anything.", held));
    }

    private Future<String> held() {
        Instant now = clock.instant();
        return Future.all(brain.locks(), brain.holds()).map(both -> {
            List<Lock> runs = both.resultAt(0);
            List<Hold> holds = both.resultAt(1);
            TreeSet<String> names = Stream.concat(
                            runs.stream().map(Lock::name),
                            holds.stream().filter(hold -> !hold.isOver(now)).map(Hold::name))
                    .collect(Collectors.toCollection(TreeSet::new));
            return names.isEmpty() ? "No lock is held." : "Held now: " + String.join(", ", names) + ".";
        });
    }

    /** The run that is under way beneath it keeps its own. */
    private Future<Reply> giveUp(Hold hold, Optional<Lock> run, Asked word) {
        return Future.succeededFuture(Reply.say(hold.name() + " is unlocked. It was locked by "
                        + hold.by().name()
                        + hold.reason().map(why -> ": " + why).orElse("")
                        + "." + reason(word)
                        + run.map(held -> " " + locks.shown(held) + " still.").orElse(""))
                .with(Holds.giveUp(hold))
                .orElse(declined -> Future.succeededFuture(gone(hold.name()))));
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
                + held.by().name() + ", " + Times.shown(held.since(), now) + ")" + end + "." + reason(word);
    }

    private static String reason(Asked word) {
        return word.argument("reason").map(reason -> " Reason: " + reason).orElse("");
    }

    private Future<Verdict.Refused> refusal(CommitResult.Declined declined, Lock held) {
        return Future.succeededFuture(
                declined.code().equals("running")
                        ? new Verdict.Refused(
                                "running",
                                locks.shown(held) + ", which is not over: it is "
                                        + Kind.titled(declined.detail()).title() + ".",
                                "`cancel " + held.command() + "` ends it, and its lock with it.")
                        : gone(held.name()));
    }

    private static Verdict.Refused gone(String name) {
        return new Verdict.Refused("lock", name + " went to somebody else just now.", "`locks` says to whom.");
    }
}
