package io.signalbox.gate;

import io.signalbox.brain.Brain;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@code locks}: who holds what, and who waits for it. */
final class LockList {
    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Locks locks;

    LockList(Brain brain, InstantSource clock, Supplier<Catalog> catalog, Locks locks) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.locks = locks;
    }

    /** All of them, or those of one name or environment. */
    Future<Reply> locks(Asked word) {
        Optional<String> said = word.argument("lock");
        LockNames names = LockNames.of(catalog.get());
        if (said.isPresent()
                && names.of(said.get()).isEmpty()
                && names.meant(said.get()) instanceof LockNames.NoLock no) {
            return Reply.no("lock", no.reason(), no.help());
        }
        Predicate<String> wanted = name -> said.map(
                        each -> name.equalsIgnoreCase(each) || names.of(each).contains(name))
                .orElse(true);
        Instant now = clock.instant();
        return Future.all(brain.locks(), brain.holds(), brain.in(Kind.QUEUED).compose(brain::stories))
                .map(all -> {
                    List<Lock> runs = all.resultAt(0);
                    List<Hold> holds = all.resultAt(1);
                    List<Story> waiting = all.resultAt(2);
                    List<String> lines = new ArrayList<>();
                    holds.stream()
                            .filter(hold -> wanted.test(hold.name()) && !hold.isOver(now))
                            .map(locks::shown)
                            .forEach(lines::add);
                    runs.stream()
                            .filter(lock -> wanted.test(lock.name()))
                            .map(locks::shown)
                            .forEach(lines::add);
                    waiting.stream()
                            .filter(story -> wanted.test(queued(story).lock()))
                            .sorted(Comparator.comparing(
                                            (Story story) -> queued(story).lock())
                                    .thenComparing(story -> queued(story).place()))
                            .map(this::waits)
                            .forEach(lines::add);
                    return Reply.say(lines.isEmpty() ? "No lock is held." : String.join("\n", lines));
                });
    }

    private static Event.Queued queued(Story story) {
        return story.last(Event.Queued.class).orElseThrow();
    }

    private String waits(Story story) {
        Event.Queued queued = queued(story);
        return "waiting for " + queued.lock() + ", place " + queued.place() + ": " + story.id() + " ("
                + story.instruction().canonical() + ", "
                + story.requested().by().name() + ") until "
                + Times.shown(queued.until(), clock.instant());
    }
}
