package io.signalbox.about;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Freeze;
import io.signalbox.brain.Hold;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.FreezeWindow;
import io.signalbox.catalog.LockNames;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What people keep locked or frozen now, and what the catalog freezes now. */
final class ByHand {
    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;

    ByHand(Brain brain, InstantSource clock, Supplier<Catalog> catalog) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
    }

    Future<Standing> standing() {
        return Future.all(brain.holds(), brain.freezes()).map(both -> {
            Instant now = clock.instant();
            return new Standing(both.resultAt(0), both.resultAt(1), catalog.get(), now);
        });
    }

    record Standing(List<Hold> holds, List<Freeze> freezes, Catalog catalog, Instant now) {
        Standing {
            holds = holds.stream().filter(hold -> !hold.isOver(now)).toList();
            freezes = freezes.stream().filter(freeze -> !freeze.isOver(now)).toList();
        }

        /** All of it, a line each. */
        List<String> lines() {
            return lines(hold -> true, freeze -> true, window -> true);
        }

        /** What keeps out of this environment whoever would begin one of these commands there. */
        List<String> in(String environment, Set<String> commands) {
            Set<String> locks = Set.copyOf(LockNames.of(catalog, commands).of(environment));
            Set<String> scopes = Set.of(environment, Freeze.EVERYTHING);
            return lines(
                    hold -> locks.contains(hold.name()),
                    freeze -> scopes.contains(freeze.scope()),
                    window -> window.concerns(Optional.of(environment)));
        }

        private List<String> lines(Predicate<Hold> held, Predicate<Freeze> frozen, Predicate<FreezeWindow> weekly) {
            return Stream.of(
                            holds.stream().filter(held).map(this::shown),
                            freezes.stream().filter(frozen).map(this::shown),
                            catalog.freezes().stream().filter(weekly).flatMap(this::shown))
                    .flatMap(each -> each)
                    .toList();
        }

        private String shown(Hold hold) {
            return hold.shown(since(hold.since()), hold.until().map(this::left));
        }

        private String shown(Freeze freeze) {
            return freeze.shown(since(freeze.since()), freeze.until().map(this::left));
        }

        private Stream<String> shown(FreezeWindow window) {
            return window.end(now).map(end -> window.shown(left(end))).stream();
        }

        private String since(Instant since) {
            return "since " + Status.rough(Duration.between(since, now));
        }

        private String left(Instant end) {
            return "for " + Status.rough(Duration.between(now, end)) + " more";
        }
    }
}
