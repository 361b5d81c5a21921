package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the promise of {@code cancel} where the bot died, or asking failed, between promising the end and asking for it. */
final class Insisting {
    private static final Logger LOG = LoggerFactory.getLogger(Insisting.class);

    private final Vertx vertx;
    private final Brain brain;
    private final Looking looking;
    private final Wrapper wrapper;

    Insisting(Vertx vertx, Brain brain, Wrapper wrapper) {
        this.vertx = vertx;
        this.brain = brain;
        this.looking = new Looking(vertx);
        this.wrapper = wrapper;
    }

    void open() {
        vertx.setPeriodic(0, Inbox.SWEEP.toMillis(), timer -> sweep());
    }

    private void sweep() {
        Future.all(brain.in(Kind.DISPATCHED), brain.in(Kind.STARTED))
                .compose(both -> Future.all(both.<List<CommandId>>list().stream()
                        .flatMap(List::stream)
                        .map(brain::story)
                        .toList()))
                .onSuccess(found -> found.<Optional<Story>>list().stream()
                        .flatMap(Optional::stream)
                        .filter(story -> story.marks().containsKey("cancelledBy"))
                        .forEach(this::insist))
                .onFailure(failure ->
                        LOG.atDebug().addKeyValue("error", failure.getMessage()).log("Sweep put off"));
    }

    private void insist(Story story) {
        story.last(Event.Dispatched.class)
                .map(dispatched -> new RunFolder(Path.of(dispatched.folder())))
                .ifPresent(folder -> looking.at(folder)
                        .compose(now ->
                                now.exists() && !now.cancelled() && now.exit().isEmpty()
                                        ? wrapper.cancel(folder).<Void>mapEmpty()
                                        : Future.succeededFuture())
                        .onFailure(failure -> LOG.atWarn()
                                .addKeyValue("commandId", story.id())
                                .addKeyValue("error", failure.getMessage())
                                .log("A cancelled run could not be asked to end; the next sweep tries again")));
    }
}
