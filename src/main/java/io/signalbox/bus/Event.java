package io.signalbox.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One transition of one command, in the order of a command's life. Secrets appear by name only, never by value. */
public sealed interface Event {
    CommandId id();

    /** When it was decided, by the clock of the stage that decided it. */
    Instant at();

    Kind kind();

    /** Whether only commands that start a process have this event: words about the bot never do. */
    default boolean isOfRun() {
        return switch (kind()) {
            case QUEUED, APPROVAL_REQUESTED, GLASS_BROKEN, DISPATCHED, STARTED, FINISHED -> true;
            case REQUESTED, MISUNDERSTOOD, UNDERSTOOD, SCHEDULED, APPROVAL_GIVEN, DENIED, WITHDRAWN -> false;
            case EXPIRED, VOIDED, ADMITTED, REFUSED, ANSWERED -> false;
        };
    }

    /**
     * Somebody addressed the bot. {@code message} is the chat service's own id of what was said; {@code because} the command
     * whose plan announced this one as its consequence, null for what a person said.
     */
    record Requested(
            CommandId id,
            Instant at,
            Person by,
            Room room,
            String message,
            String text,
            @Nullable CommandId because) implements Event {
        /** What a person said. */
        public Requested(CommandId id, Instant at, Person by, Room room, String message, String text) {
            this(id, at, by, room, message, text, null);
        }

        @Override
        public Kind kind() {
            return Kind.REQUESTED;
        }
    }

    /** The words mean nothing in the catalog; {@code problem} says why, {@code help} what would be right. */
    record Misunderstood(CommandId id, Instant at, String problem, List<String> help) implements Event {
        public Misunderstood {
            help = List.copyOf(help);
        }

        @Override
        public Kind kind() {
            return Kind.MISUNDERSTOOD;
        }
    }

    record Understood(CommandId id, Instant at, Instruction instruction) implements Event {
        @Override
        public Kind kind() {
            return Kind.UNDERSTOOD;
        }
    }

    /** It goes to the gate at {@code due}; a second one moves it. */
    record Scheduled(CommandId id, Instant at, Instant due) implements Event {
        @Override
        public Kind kind() {
            return Kind.SCHEDULED;
        }
    }

    /** It waits for {@code lock}, not beyond {@code until}; {@code place} 1 is the next to get it. */
    record Queued(CommandId id, Instant at, String lock, int place, Instant until) implements Event {
        @Override
        public Kind kind() {
            return Kind.QUEUED;
        }
    }

    /**
     * {@code by} is the role whose holders may approve, {@code asked} the ids of those who could when it was asked; a yes
     * after {@code deadline} does not count. {@code needed} distinct persons have to agree.
     */
    record ApprovalRequested(
            CommandId id, Instant at, Plan plan, String by, int needed, List<String> asked, Instant deadline)
            implements Event {
        private static final Duration LAST_CALL = Duration.ofMinutes(1);

        public ApprovalRequested {
            asked = List.copyOf(asked);
        }

        /** One other person is enough. */
        public ApprovalRequested(CommandId id, Instant at, Plan plan, String by, List<String> asked, Instant deadline) {
            this(id, at, plan, by, 1, asked, deadline);
        }

        /** When those who were asked are reminded: a minute before the end, or half way there where that is later. */
        public Instant reminder() {
            Duration half = Duration.between(at, deadline).dividedBy(2);
            return deadline.minus(half.compareTo(LAST_CALL) < 0 ? half : LAST_CALL);
        }

        @Override
        public Kind kind() {
            return Kind.APPROVAL_REQUESTED;
        }
    }

    /** One person agreed to that plan; where several are needed, others may follow. */
    record ApprovalGiven(CommandId id, Instant at, Person by, String digest) implements Event {
        @Override
        public Kind kind() {
            return Kind.APPROVAL_GIVEN;
        }
    }

    /** Somebody who may do so in an emergency answers alone for that plan, without the approval it needs. */
    record GlassBroken(CommandId id, Instant at, Person by, String digest, String reason) implements Event {
        @Override
        public Kind kind() {
            return Kind.GLASS_BROKEN;
        }
    }

    record Denied(
            CommandId id, Instant at, Person by, @Nullable String reason) implements Event {
        @Override
        public Kind kind() {
            return Kind.DENIED;
        }
    }

    record Withdrawn(CommandId id, Instant at, Person by) implements Event {
        @Override
        public Kind kind() {
            return Kind.WITHDRAWN;
        }
    }

    record Expired(CommandId id, Instant at) implements Event {
        @Override
        public Kind kind() {
            return Kind.EXPIRED;
        }
    }

    /** What was to be approved is no longer what would be done. */
    record Voided(CommandId id, Instant at, String reason) implements Event {
        @Override
        public Kind kind() {
            return Kind.VOIDED;
        }
    }

    /** The gate let it through. {@code plan} is null for words about the bot, {@code lock} where the catalog names none. */
    record Admitted(
            CommandId id,
            Instant at,
            @Nullable Plan plan,
            @Nullable String lock) implements Event {
        @Override
        public Kind kind() {
            return Kind.ADMITTED;
        }

        @Override
        public boolean isOfRun() {
            return plan != null;
        }
    }

    /** No, with the reason and what would help. {@code code} is one stable word per reason. */
    record Refused(CommandId id, Instant at, String code, String reason, List<String> help) implements Event {
        public Refused {
            help = List.copyOf(help);
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }

    /** A word about the bot was answered. */
    record Answered(CommandId id, Instant at, String text) implements Event {
        @Override
        public Kind kind() {
            return Kind.ANSWERED;
        }
    }

    /** A process is to be started, not before Kafka has this record. {@code home} is null in records of early releases. */
    record Dispatched(
            CommandId id,
            Instant at,
            List<String> argv,
            String folder,
            @Nullable Home home) implements Event {
        public Dispatched {
            argv = List.copyOf(argv);
        }

        @Override
        public Kind kind() {
            return Kind.DISPATCHED;
        }
    }

    /** {@code startTime} is in clock ticks since boot: with the pid and the boot id it names one process for ever. */
    record Started(CommandId id, Instant at, long pid, long startTime, String boot) implements Event {
        @Override
        public Kind kind() {
            return Kind.STARTED;
        }
    }

    /** {@code result} is what the playbook said of itself; {@code exitCode} is null where no process ended by itself. */
    record Finished(
            CommandId id,
            Instant at,
            Outcome outcome,
            @Nullable Integer exitCode,
            String reason,
            SortedMap<String, String> result,
            @Nullable Failure failure)
            implements Event {
        public Finished {
            result = new TreeMap<>(result);
        }

        @Override
        public Kind kind() {
            return Kind.FINISHED;
        }
    }
}
