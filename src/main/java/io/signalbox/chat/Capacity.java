package io.signalbox.chat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much the bot is about to do. What comes beyond that is refused while it can still be said clearly: what piles up
 * would be answered when nobody waits for it any more, and take the brain away from everything else.
 */
final class Capacity {
    private static final Logger LOG = LoggerFactory.getLogger(Capacity.class);

    /** Commands that are to be understood, decided and answered; those that wait for a person or run are not among them. */
    private static final int UNDER_WAY = 100;
    /** Requests that are being written to the brain; each takes one of a thousand places to wait for a connection. */
    private static final int HEARD_AT_ONCE = 100;
    /** Refusals for want of room that are written and not told yet: they must not keep the bot from its work either. */
    private static final int REFUSED_AT_ONCE = 50;

    /** Kept for what stops things and takes them back: in a flood it is what somebody needs most. */
    private static final int SPARE = 20;

    static final String CODE = "busy";
    /** The bus is not trusted: a command whose end was missed does not count for ever. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final Map<CommandId, Instant> underWay = new LinkedHashMap<>();
    private final Map<CommandId, Instant> refused = new LinkedHashMap<>();
    private int hearing;
    private boolean said;

    Capacity(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether there is room for one more command. */
    boolean isFree(boolean urgent) {
        boolean free = recent(underWay) + hearing < UNDER_WAY + (urgent ? SPARE : 0);
        if (!free && !said) {
            LOG.atWarn()
                    .addKeyValue("most", UNDER_WAY)
                    .log("More is asked of the bot than it can do: the rest is refused");
        }
        said = !free;
        return free;
    }

    private int recent(Map<CommandId, Instant> commands) {
        Instant old = clock.instant().minus(FORGOTTEN);
        for (Iterator<Instant> begun = commands.values().iterator(); begun.hasNext(); ) {
            if (begun.next().isAfter(old)) {
                break;
            }
            begun.remove();
        }
        return commands.size();
    }

    /** Whether one more refusal for want of room can be written and told. */
    boolean canBeRefused() {
        return recent(refused) < REFUSED_AT_ONCE;
    }

    /** Whether one more request, or its refusal, can be written to the brain. */
    boolean canBeWritten(boolean urgent) {
        return hearing < HEARD_AT_ONCE + (urgent ? SPARE : 0);
    }

    /** A request is being written. */
    void begin() {
        hearing++;
    }

    void end() {
        hearing--;
    }

    /** What happened to any command. */
    void note(Event event) {
        boolean begins = event.kind() == Kind.REQUESTED;
        boolean goesOn = event.kind() == Kind.UNDERSTOOD || (event.kind() == Kind.ADMITTED && !event.isOfRun());
        if (begins) {
            underWay.put(event.id(), clock.instant());
        } else if (!goesOn) {
            underWay.remove(event.id());
        }
        if (event instanceof Event.Refused no && no.code().equals(CODE)) {
            refused.put(event.id(), clock.instant());
        }
    }

    /** The room has read what there is to say of this command. */
    void told(CommandId id) {
        refused.remove(id);
    }

    /** There is not even room to write that it was refused. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("too many requests are being written");
        }
    }
}
