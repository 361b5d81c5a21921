package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the promise of {@code cancel} where the bot died, or asking failed, between promising the end and asking for it. */
final class Insisting {
    private static final Logger LOG = LoggerFactory.getLogger(Insisting.class);

    private final Vertx vertx;
    private final Brain brain;
    private final Looking looking;
    private final Whereabouts whereabouts;
    private final Wrapper wrapper;

    Insisting(Vertx vertx, Brain brain, Whereabouts whereabouts, Wrapper wrapper) {
        this.vertx = vertx;
        this.brain = brain;
        this.looking = new Looking(vertx);
        this.whereabouts = whereabouts;
        this.wrapper = wrapper;
    }

    void open() {
        vertx.setPeriodic(0, Inbox.SWEEP.toMillis(), timer -> sweep());
    }

    private void sweep() {
        Future.all(brain.in(Kind.DISPATCHED), brain.in(Kind.STARTED))
                .compose(both -> brain.stories(both.<List<CommandId>>list().stream()
                        .flatMap(List::stream)
                        .toList()))
                .onSuccess(stories -> stories.stream()
                        .filter(story -> story.marks().containsKey("cancelledBy"))
                        .forEach(this::insist))
                .onFailure(failure ->
                        LOG.atDebug().addKeyValue("error", failure.getMessage()).log("Sweep put off"));
    }

    private void insist(Story story) {
        whereabouts
                .ifHere(story, this::end)
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("commandId", story.id())
                        .addKeyValue("error", failure.getMessage())
                        .log("A cancelled run could not be asked to end; the next sweep tries again"));
    }

    private Future<Void> end(Story story) {
        RunFolder folder = RunFolder.of(story);
        return looking.at(folder)
                .compose(now -> now.exists() && !now.cancelled() && now.exit().isEmpty()
                        ? wrapper.cancel(folder).mapEmpty()
                        : Future.succeededFuture());
    }
}
