package io.signalbox.run;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Home;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Tells the runs of this bot's state folder from those of other bots on the same brain, which it must leave alone. */
final class Whereabouts {
    private final Vertx vertx;
    private final Home home;

    Whereabouts(Vertx vertx, Home home) {
        this.vertx = vertx;
        this.home = home;
    }

    /** Where the files of this run lie, if another bot has them; empty for runs of this one and for what has not begun. */
    Future<Optional<Home>> elsewhere(Story story) {
        Optional<Event.Dispatched> dispatched = story.last(Event.Dispatched.class);
        Optional<Home> other = dispatched
                .flatMap(event -> Optional.ofNullable(event.home()))
                .filter(found -> !found.id().equals(home.id()));
        if (other.isEmpty() || !other.get().host().equals(home.host())) {
            return Future.succeededFuture(other);
        }
        // A state folder of this very machine: where it was removed, nobody else will ever end its runs.
        Path folder = Path.of(dispatched.orElseThrow().folder());
        return vertx.executeBlocking(() -> other.filter(found -> !Files.notExists(folder)), false);
    }

    /** Does nothing where another bot has the run. */
    Future<Void> ifHere(Story story, Function<Story, Future<Void>> work) {
        return elsewhere(story)
                .compose(other -> other.isPresent() ? Future.<Void>succeededFuture() : work.apply(story));
    }
}
