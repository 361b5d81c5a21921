package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Keys;
import io.signalbox.bus.Events;
import io.signalbox.bus.Signal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until Kafka has a record. To be used from the event loop of the stage. */
final class Acknowledgement {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgement.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Vertx vertx;
    private final Brain brain;
    private final InstantSource clock;
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(long sequence, Instant deadline, Promise<Boolean> answer) {}

    Acknowledgement(Vertx vertx, Brain brain, InstantSource clock) {
        this.vertx = vertx;
        this.brain = brain;
        this.clock = clock;
    }

    /** Begins to listen; the brain is asked now and then all the same, since the bus may lose what it is told. */
    Future<Void> open(Events events) {
        var consumer = events.on(Signal.Recorded.class, recorded -> look());
        vertx.setPeriodic(LOOK.toMillis(), timer -> look());
        return consumer.completion();
    }

    /** True as soon as the record is acknowledged, false when the deadline passes first. */
    Future<Boolean> of(long sequence, Instant deadline) {
        Waiting mine = new Waiting(sequence, deadline, Promise.promise());
        waiting.add(mine);
        look();
        return mine.answer.future();
    }

    private void look() {
        if (waiting.isEmpty()) {
            return;
        }
        brain.value(Keys.AUDIT_ACKNOWLEDGED)
                .map(found -> found.map(Long::parseLong).orElse(0L))
                .onSuccess(upTo -> answer(each -> each.sequence <= upTo, true))
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("error", failure.getMessage())
                        .log("The brain does not say what is recorded"))
                .onComplete(looked -> answer(each -> !clock.instant().isBefore(each.deadline), false));
    }

    private void answer(Predicate<Waiting> chosen, boolean answer) {
        List<Waiting> answered = waiting.stream().filter(chosen).toList();
        waiting.removeAll(answered);
        answered.forEach(each -> each.answer.complete(answer));
    }
}
