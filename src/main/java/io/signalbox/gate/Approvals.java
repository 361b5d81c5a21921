package io.signalbox.gate;

import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.InState;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Parts of commits about a request for approval: whether a yes counts is decided in the script, by the gate's clock. */
final class Approvals {
    /** How long after a yes the command may still be admitted where the deadline is nearer: planning anew takes time. */
    static final Duration FRESH = Duration.ofMinutes(2);

    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final Fragment ASK = Fragment.beside(Approvals.class, "gate.approval-ask", "approval-ask.lua");
    private static final Fragment GIVE = Fragment.beside(Approvals.class, "gate.approval-give", "approval-give.lua");
    private static final Fragment USE = Fragment.beside(Approvals.class, "gate.approval-use", "approval-use.lua");
    private static final Fragment OVER = Fragment.beside(Approvals.class, "gate.approval-over", "approval-over.lua");
    private static final Fragment REMIND =
            Fragment.beside(Approvals.class, "gate.approval-remind", "approval-remind.lua");
    private static final Fragment CALL = Fragment.beside(Approvals.class, "gate.approval-call", "approval-call.lua");
    private static final Fragment KEEP = Fragment.beside(Approvals.class, "gate.approval-keep", "approval-keep.lua");
    private static final Fragment CLOSE = Fragment.beside(Approvals.class, "gate.approval-close", "approval-close.lua");

    private Approvals() {}

    /** The command must be in one of these states now: an event may follow more states than the decision was made in. */
    static Commit.Part state(CommandId command, Kind... states) {
        return InState.of(command, states);
    }

    static Commit.Part ask(CommandId command, String digest, int needed, Instant deadline) {
        return new Commit.Part(
                ASK,
                of(command)
                        .put("digest", digest)
                        .put("needed", needed)
                        .put("deadline", deadline.toEpochMilli())
                        .put("forget", REMEMBERED.toMillis()));
    }

    /**
     * Declined as {@code late} after the deadline, as {@code digest} where another plan waits, as {@code twice} where this
     * person has agreed already, as {@code complete} where as many have as are needed.
     *
     * @param awaited names of those who may still agree then
     */
    static Commit.Part give(CommandId command, Person by, String digest, String awaited) {
        return new Commit.Part(GIVE, yes(command, by, digest).put("awaited", awaited));
    }

    /** One person goes on alone; declined as {@link #give} is. Those are noted who are to hear of it, by their ids. */
    static List<Commit.Part> breakGlass(CommandId command, Person by, String digest, List<String> called) {
        return List.of(
                new Commit.Part(GIVE, yes(command, by, digest).put("alone", true)),
                new Commit.Part(CALL, of(command).put("people", new JsonArray(called))));
    }

    private static JsonObject yes(CommandId command, Person by, String digest) {
        return of(command).put("person", by.id()).put("digest", digest).put("fresh", FRESH.toMillis());
    }

    /** Those who were asked are to be reminded; declined as {@code reminded}, {@code early} or {@code late}. */
    static Commit.Part remind(CommandId command, Instant from) {
        return new Commit.Part(REMIND, of(command).put("from", from.toEpochMilli()));
    }

    /** Declined as {@code late} where the yes is too old, as {@code digest} where it was given to another plan. */
    static Commit.Part use(CommandId command, String digest) {
        return new Commit.Part(USE, of(command).put("digest", digest));
    }

    /** It waits for its lock until then, and the yes stays good; declined as {@code late} where it is too old already. */
    static Commit.Part keep(CommandId command, Instant until) {
        return new Commit.Part(
                KEEP, of(command).put("until", until.plus(FRESH).toEpochMilli()).put("forget", REMEMBERED.toMillis()));
    }

    /** Nobody agreed in time; declined as {@code early} while there is time. */
    static Commit.Part overdue(CommandId command) {
        return new Commit.Part(OVER, of(command).put("field", "deadline"));
    }

    /** Somebody agreed, and it was not admitted in time; declined as {@code early} while there is time. */
    static Commit.Part stale(CommandId command) {
        return new Commit.Part(OVER, of(command).put("field", "until"));
    }

    static Commit.Part close(CommandId command) {
        return new Commit.Part(CLOSE, of(command));
    }

    private static JsonObject of(CommandId command) {
        return new JsonObject().put("command", command.value());
    }
}
