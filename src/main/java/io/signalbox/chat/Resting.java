package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Finds out when every command waits for a person, runs or has ended, and all of it has been told. */
final class Resting {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    /** States in which the bot itself is about to do something. */
    private static final Set<Kind> RESTLESS =
            EnumSet.of(Kind.REQUESTED, Kind.UNDERSTOOD, Kind.GLASS_BROKEN, Kind.ADMITTED, Kind.DISPATCHED);

    private final Vertx vertx;
    private final Brain brain;

    Resting(Vertx vertx, Brain brain) {
        this.vertx = vertx;
        this.brain = brain;
    }

    /** Completes also where the brain does not answer, and as soon as {@code wanted} says no. */
    Future<Void> rest(BooleanSupplier wanted) {
        Promise<Void> rest = Promise.promise();
        look(wanted, rest);
        return rest.future();
    }

    private void look(BooleanSupplier wanted, Promise<Void> rest) {
        if (!wanted.getAsBoolean()) {
            rest.complete();
            return;
        }
        isBusy().onFailure(noBrain -> rest.complete()).onSuccess(busy -> {
            if (busy) {
                vertx.setTimer(BETWEEN_LOOKS.toMillis(), again -> look(wanted, rest));
            } else {
                rest.complete();
            }
        });
    }

    private Future<Boolean> isBusy() {
        List<Future<Boolean>> questions = new ArrayList<>();
        questions.add(brain.untold().map(ids -> !ids.isEmpty()));
        questions.add(brain.members(Missed.ROOMS).map(rooms -> !rooms.isEmpty()));
        RESTLESS.forEach(state -> questions.add(brain.in(state).map(ids -> !ids.isEmpty())));
        questions.add(isAgreed());
        return Future.all(questions).map(all -> all.<Boolean>list().contains(true));
    }

    /** Where several have to agree, it is people again who are waited for after the first yes. */
    private Future<Boolean> isAgreed() {
        return brain.in(Kind.APPROVAL_GIVEN)
                .compose(brain::stories)
                .map(stories -> stories.stream().anyMatch(Story::isAgreed));
    }
}
