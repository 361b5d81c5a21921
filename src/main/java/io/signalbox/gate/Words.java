package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Action;
import io.signalbox.catalog.Owner;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The words about the bot: lets them through to their owner, and ends those that are the gate's own. */
final class Words {
    /** What is declined for reasons that are the same for every command. */
    private static final Set<String> COMMON = Set.of("state", "role", "audit", Allowance.RATE);

    private final Brain brain;
    private final InstantSource clock;
    private final Checks checks;
    private final Map<String, Function<Asked, Future<Reply>>> own;

    /** {@code own}: by the command's name, what the gate itself answers. */
    Words(Brain brain, InstantSource clock, Checks checks, Map<String, Function<Asked, Future<Reply>>> own) {
        this.brain = brain;
        this.clock = clock;
        this.checks = checks;
        this.own = Map.copyOf(own);
    }

    Future<Void> decide(Asked asked, Action.Answer word) {
        Future<Verdict> before =
                checks.areAllInCommit(asked) ? Future.succeededFuture(Verdict.allowed()) : checks.verdict(asked);
        return before.compose(verdict -> {
            if (verdict instanceof Verdict.Refused refused) {
                return checks.refuse(asked.id(), Kind.UNDERSTOOD, refused);
            }
            return word.by() == Owner.GATE ? answer(asked) : letThrough(asked);
        });
    }

    private Future<Void> letThrough(Asked asked) {
        Commit commit = Commit.of(new Event.Admitted(asked.id(), clock.instant(), null, null))
                .with(Approvals.state(asked.id(), Kind.UNDERSTOOD));
        return checks.commitOrRefuse(checks.demand(commit, asked), asked);
    }

    private Future<Void> answer(Asked asked) {
        var word = own.get(asked.spec().name());
        if (word == null) {
            return checks.refuse(
                    asked.id(),
                    Kind.UNDERSTOOD,
                    new Verdict.Refused(
                            "catalog",
                            "The gate knows no word " + asked.spec().name() + ", which the catalog gives to it."));
        }
        return word.apply(asked)
                .compose(reply -> reply instanceof Reply.Yes yes
                        ? carryOut(asked, yes)
                        : checks.refuse(asked.id(), Kind.UNDERSTOOD, ((Reply.No) reply).why()));
    }

    private Future<Void> carryOut(Asked asked, Reply.Yes yes) {
        Instant now = clock.instant();
        Commit commit = Commit.of(
                        new Event.Admitted(asked.id(), now, null, null),
                        new Event.Answered(asked.id(), now, yes.text()))
                .with(Approvals.state(asked.id(), Kind.UNDERSTOOD));
        for (Event event : yes.events()) {
            commit = commit.and(event);
        }
        commit = checks.demand(commit, asked);
        for (Commit.Part part : yes.parts()) {
            commit = commit.with(part);
        }
        return brain.commit(commit)
                .compose(result -> result instanceof CommitResult.Declined declined
                        ? declined(declined, asked, yes)
                        : Future.succeededFuture());
    }

    private Future<Void> declined(CommitResult.Declined declined, Asked asked, Reply.Yes yes) {
        // A state that declines may be the one of the word's target: then the word still stands to be answered.
        boolean common = COMMON.contains(declined.code())
                && !(declined.byState() && !yes.events().isEmpty());
        return common
                ? checks.reason(declined, asked)
                        .compose(reason -> reason.map(why -> checks.refuse(asked.id(), Kind.UNDERSTOOD, why))
                                .orElseGet(Future::succeededFuture))
                : yes.declined().apply(declined).compose(why -> checks.refuse(asked.id(), Kind.UNDERSTOOD, why));
    }
}
