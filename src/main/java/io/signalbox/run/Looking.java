package io.signalbox.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks at a run's folder, once or until it says what is waited for; off the event loop. */
final class Looking {
    private static final long AGAIN_MILLIS = 10;

    private final Vertx vertx;

    Looking(Vertx vertx) {
        this.vertx = vertx;
    }

    Future<Situation> at(RunFolder folder) {
        return vertx.executeBlocking(folder::look, false);
    }

    /** Afterwards {@code claimed} exists, whoever made it. */
    Future<Void> giveUp(RunFolder folder, String reason) {
        return vertx.executeBlocking(() -> folder.giveUp(reason), false).mapEmpty();
    }

    /** {@code enough} is asked off the event loop too. */
    Future<Situation> until(RunFolder folder, Predicate<Situation> enough) {
        Promise<Situation> seen = Promise.promise();
        look(folder, enough, seen);
        return seen.future();
    }

    private void look(RunFolder folder, Predicate<Situation> enough, Promise<Situation> seen) {
        vertx.executeBlocking(() -> Optional.of(folder.look()).filter(enough), false)
                .onFailure(seen::tryFail)
                .onSuccess(now -> now.ifPresentOrElse(
                        seen::complete, () -> vertx.setTimer(AGAIN_MILLIS, timer -> look(folder, enough, seen))));
    }
}
