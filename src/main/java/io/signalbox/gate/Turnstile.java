package io.signalbox.gate;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/** Lets so many pieces of work be under way at once, the others in turn. To be used from one event loop. */
final class Turnstile {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;

    Turnstile(int places) {
        this.free = places;
    }

    <T> Future<T> pass(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        waiting.add(() -> Future.<Void>succeededFuture()
                .compose(turn -> work.get())
                .onComplete(done -> {
                    free++;
                    next();
                })
                .onComplete(promise));
        next();
        return promise.future();
    }

    private void next() {
        if (free > 0 && !waiting.isEmpty()) {
            free--;
            waiting.remove().run();
        }
    }
}
