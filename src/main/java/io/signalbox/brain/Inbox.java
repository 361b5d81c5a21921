package io.signalbox.brain;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The commands in one state, handed to a stage: at once when the bus says so, and by a sweep of the brain at start and
 * every two seconds for whatever the bus lost. A command that is in work is not handed over a second time.
 *
 * <p>To be used from one event loop: the one of the verticle that made it.
 */
public final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    public static final Duration SWEEP = Duration.ofSeconds(2);

    private static final int MOST_FOREIGN = 1000;

    private final Vertx vertx;
    private final Events events;
    private final Brain brain;
    private final Kind state;
    private final Predicate<Instruction> concerns;
    private final Function<Story, Future<?>> work;
    private final Set<CommandId> inWork = new HashSet<>();
    /** Told of by the bus, and of no concern; in the order in which they came, so that the oldest are forgotten. */
    private final Set<CommandId> foreign = new LinkedHashSet<>();

    /** {@code work} is called with commands that are in {@code state}; it ignores those that are not its own. */
    public Inbox(Vertx vertx, Events events, Brain brain, Kind state, Function<Story, Future<?>> work) {
        this(vertx, events, brain, state, instruction -> true, work);
    }

    /** The same, and what the bus tells of with another instruction is not even read; a sweep hands over all the same. */
    public Inbox(
            Vertx vertx,
            Events events,
            Brain brain,
            Kind state,
            Predicate<Instruction> concerns,
            Function<Story, Future<?>> work) {
        this.vertx = vertx;
        this.events = events;
        this.brain = brain;
        this.state = state;
        this.concerns = concerns;
        this.work = work;
    }

    /** Begins; completes when the consumer is registered, whether or not the brain answers. */
    public Future<Void> open() {
        var understood = events.on(Kind.UNDERSTOOD, event -> note((Event.Understood) event));
        var consumer = events.on(state, event -> told(event.id()));
        vertx.setPeriodic(0, SWEEP.toMillis(), timer -> sweep());
        return Future.all(understood.completion(), consumer.completion()).mapEmpty();
    }

    private void note(Event.Understood event) {
        if (concerns.test(event.instruction())) {
            return;
        }
        foreign.add(event.id());
        if (foreign.size() > MOST_FOREIGN) {
            foreign.remove(foreign.iterator().next());
        }
    }

    private void told(CommandId id) {
        if (!foreign.remove(id)) {
            take(id);
        }
    }

    /** Looks now, for a stage that knows that something has changed for these commands. */
    public void sweep() {
        brain.in(state)
                .onSuccess(ids -> ids.forEach(this::take))
                .onFailure(failure -> LOG.atLevel(failure instanceof BrainUnavailable ? Level.DEBUG : Level.WARN)
                        .addKeyValue("state", state)
                        .addKeyValue("error", failure.getMessage())
                        .log("Sweep put off"));
    }

    private void take(CommandId id) {
        if (!inWork.add(id)) {
            return;
        }
        brain.readable(id)
                .compose(this::handOver)
                .onFailure(failure -> LOG.atWarn()
                        .setCause(failure instanceof BrainUnavailable ? null : failure)
                        .addKeyValue("commandId", id)
                        .addKeyValue("error", failure.getMessage())
                        .log("A command could not be taken further; the next sweep tries again"))
                .onComplete(done -> inWork.remove(id));
    }

    private Future<?> handOver(Optional<Story> story) {
        return story.filter(found -> found.state() == state)
                .<Future<?>>map(work)
                .orElseGet(Future::succeededFuture);
    }
}
