package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.PolicySpec;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How much at once: commands of one person and in one room within a minute, and commands that are under way. */
final class Allowance {
    static final String RATE = "limit";
    static final String RUNNING = "running";

    /** Words that stop something, or let an emergency be dealt with, are never too many. */
    static final Set<String> UNLIMITED = Set.of("approve", "deny", "cancel", "break-glass", "freeze", "unlock");

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final List<String> UNDER_WAY = Stream.of(Kind.ADMITTED, Kind.DISPATCHED, Kind.STARTED)
            .map(Kind::title)
            .toList();
    private static final Fragment RATE_LIMIT = Fragment.beside(Allowance.class, "gate.rate", "rate.lua");
    private static final Fragment RUNNING_LIMIT = Fragment.beside(Allowance.class, "gate.running", "running.lua");

    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<PolicySpec> rules;

    Allowance(Brain brain, InstantSource clock, Supplier<PolicySpec> rules) {
        this.brain = brain;
        this.clock = clock;
        this.rules = rules;
    }

    /** Before the work of planning; it counts the command, and once however often it is asked. */
    Future<Verdict> count(Asked asked) {
        return asked.spec().startsProcess() && isFirst(asked)
                ? verdict(asked, brain.apply(RATE_LIMIT, rate(asked)))
                : Future.succeededFuture(Verdict.allowed());
    }

    /** Words are cheap: they are counted by the commit that answers them. */
    Commit counted(Commit commit, Asked asked) {
        boolean counts = !asked.spec().startsProcess()
                && isFirst(asked)
                && !UNLIMITED.contains(asked.spec().name());
        return counts ? commit.with(RATE_LIMIT, rate(asked)) : commit;
    }

    /** Whether one more may be under way now. */
    Future<Verdict> hasPlace(Asked asked) {
        return asked.spec().startsProcess()
                ? verdict(asked, brain.apply(RUNNING_LIMIT, running(asked, false)))
                : Future.succeededFuture(Verdict.allowed());
    }

    /** The check that decides, where the commit lets something begin. */
    Commit takePlace(Commit commit, Asked asked) {
        boolean begins =
                asked.spec().startsProcess() && commit.events().stream().anyMatch(Event.Admitted.class::isInstance);
        return begins ? commit.with(RUNNING_LIMIT, running(asked, true)) : commit;
    }

    /** What waited meanwhile was counted when it was said. */
    private static boolean isFirst(Asked asked) {
        return asked.story().state() == Kind.UNDERSTOOD;
    }

    private JsonObject rate(Asked asked) {
        JsonArray counts = new JsonArray();
        rules.get()
                .limits()
                .person()
                .ifPresent(most -> counts.add(count("person", asked.by().id(), most)));
        String room = asked.story().requested().room().id();
        rules.get().limits().room().ifPresent(most -> counts.add(count("room", room, most)));
        return new JsonObject()
                .put("command", asked.id().value())
                .put("window", WINDOW.toMillis())
                .put("counts", counts);
    }

    private static JsonObject count(String what, String id, int most) {
        return new JsonObject().put("what", what).put("of", id).put("most", most);
    }

    private JsonObject running(Asked asked, boolean take) {
        return new JsonObject()
                .put("command", asked.id().value())
                .put("most", rules.get().limits().running())
                .put("states", new JsonArray(UNDER_WAY))
                .put("take", take);
    }

    private Future<Verdict> verdict(Asked asked, Future<CommitResult> applied) {
        return applied.map(result ->
                result instanceof CommitResult.Declined declined ? refusal(declined, asked) : Verdict.allowed());
    }

    /** Why a commit was declined as {@link #RATE} or {@link #RUNNING}. */
    Verdict.Refused refusal(CommitResult.Declined declined, Asked asked) {
        PolicySpec.Limits limits = rules.get().limits();
        if (declined.code().equals(RUNNING)) {
            return new Verdict.Refused(
                    RATE,
                    declined.detail() + " commands are under way, and no more than " + limits.running()
                            + " may be at once.",
                    "`runs` shows them; say it again when one of them has ended.");
        }
        boolean ofPerson = declined.detail().startsWith("person ");
        int most = (ofPerson ? limits.person() : limits.room()).orElse(0);
        Instant free = Instant.ofEpochMilli(
                Long.parseLong(declined.detail().substring(declined.detail().indexOf(' ') + 1)));
        long seconds = Math.max(
                1, Duration.between(clock.instant(), free).plusMillis(999).toSeconds());
        return new Verdict.Refused(
                RATE,
                (ofPerson ? asked.by().name() + " has said " : "In this room there were ") + most
                        + " commands within a minute, and no more may be.",
                "The next may be said in " + seconds + (seconds == 1 ? " second." : " seconds.")
                        + " `approve`, `deny` and `cancel` always may.");
    }
}
