package io.signalbox.command;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Catalog;
import io.signalbox.language.CurrentInterpreter;
import io.signalbox.language.Interpretation;
import io.signalbox.language.Scheduled;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request to {@code Understood}, or ends it as {@code Misunderstood} with what would have been right. */
public final class CommandStage extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(CommandStage.class);

    private final Events events;
    private final Brain brain;
    private final InstantSource clock;
    private final CurrentInterpreter interpreter;
    private final ZoneId zone;

    /** {@code catalog}: the one in use, which may become another at any time; {@code zone}: of times said without one. */
    public CommandStage(Events events, Brain brain, InstantSource clock, Supplier<Catalog> catalog, ZoneId zone) {
        this.events = events;
        this.brain = brain;
        this.clock = clock;
        this.interpreter = new CurrentInterpreter(catalog);
        this.zone = zone;
    }

    @Override
    public Future<?> start() {
        return new Inbox(vertx, events, brain, Kind.REQUESTED, this::requested).open();
    }

    private Future<?> requested(Story story) {
        return brain.commit(Commit.of(meaning(story)));
    }

    /** A mistake of ours ends the command too: repeating it would not heal it. */
    private Event meaning(Story story) {
        Instant now = clock.instant();
        try {
            return meaning(story, now);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("commandId", story.id()).log("Words could not be interpreted");
            return new Event.Misunderstood(
                    story.id(),
                    now,
                    "I failed to interpret this, which is a mistake of mine; nothing was done.",
                    List.of("The bot's log says more."));
        }
    }

    private Event meaning(Story story, Instant now) {
        Event.Requested request = story.requested();
        Interpretation meaning = new Scheduled(interpreter.get(), zone).interpret(request.text(), request.by(), now);
        if (meaning instanceof Interpretation.Understood understood) {
            return new Event.Understood(story.id(), now, understood.instruction());
        }
        Interpretation.Misunderstood misunderstood = (Interpretation.Misunderstood) meaning;
        return new Event.Misunderstood(story.id(), now, misunderstood.problem(), misunderstood.help());
    }
}
