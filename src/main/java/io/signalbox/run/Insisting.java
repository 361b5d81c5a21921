package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks cancelled runs to end, and asks again where that failed or the bot died meanwhile: the program that asks may have
 * died with it, before it could insist. To be used from the event loop of the stage.
 */
final class Insisting {
    private static final Logger LOG = LoggerFactory.getLogger(Insisting.class);

    private final Vertx vertx;
    private final Brain brain;
    private final Looking looking;
    private final Whereabouts whereabouts;
    private final Wrapper wrapper;
    /** Those that this process has asked. */
    private final Set<CommandId> asked = new HashSet<>();

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
                .onSuccess(this::insist)
                .onFailure(failure ->
                        LOG.atDebug().addKeyValue("error", failure.getMessage()).log("Sweep put off"));
    }

    private void insist(List<Story> underWay) {
        asked.retainAll(underWay.stream().map(Story::id).toList());
        underWay.stream()
                .filter(story -> story.marks().containsKey("cancelledBy"))
                .forEach(this::insist);
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
        return looking.at(folder).compose(now -> {
            boolean unasked = !now.cancelled() || !asked.contains(story.id());
            return now.exists() && now.exit().isEmpty() && unasked ? ask(story.id(), folder) : Future.succeededFuture();
        });
    }

    /** Begins to end it; what comes of that is seen in the folder. */
    Future<Void> ask(CommandId id, RunFolder folder) {
        asked.add(id);
        return wrapper.cancel(folder).<Void>mapEmpty().onFailure(failure -> asked.remove(id));
    }
}
