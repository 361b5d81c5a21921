package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.InState;
import io.signalbox.brain.Keys;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.signalbox.catalog.CommandSpec;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** {@code cancel}: what waits is withdrawn, what runs is asked to end and then made to. */
final class Cancelling {
    private static final Fragment CANCEL = Fragment.beside(Cancelling.class, "run.cancel", "cancel.lua");
    private static final String ADMIN = "admin";

    private final Brain brain;
    private final InstantSource clock;
    private final Whereabouts whereabouts;
    private final Insisting insisting;
    private final Ending ending;

    Cancelling(Brain brain, InstantSource clock, Whereabouts whereabouts, Insisting insisting, Ending ending) {
        this.brain = brain;
        this.clock = clock;
        this.whereabouts = whereabouts;
        this.insisting = insisting;
        this.ending = ending;
    }

    Future<Void> cancel(Story word, Target target) {
        return switch (target.story().state()) {
            case REQUESTED, UNDERSTOOD ->
                refuse(word, "early", target.shown() + " is still being planned.", "Say it again in a moment.");
            case SCHEDULED, QUEUED, APPROVAL_REQUESTED, APPROVAL_GIVEN ->
                permitted(word, target, Set.of(), () -> withdraw(word, target));
            case GLASS_BROKEN ->
                refuse(word, "early", target.shown() + " is about to begin.", "Say it again in a moment.");
            case ADMITTED -> permitted(word, target, target.roles(), () -> forget(word, target));
            case DISPATCHED, STARTED -> permitted(word, target, target.roles(), () -> end(word, target));
            case MISUNDERSTOOD, DENIED, WITHDRAWN, EXPIRED, VOIDED, REFUSED, ANSWERED, FINISHED ->
                refuse(word, "over", target.shown() + " is over already: " + over(target.story()) + ".", "");
        };
    }

    private Future<Void> withdraw(Story word, Target target) {
        Commit commit = Commit.of(
                new Event.Withdrawn(
                        target.id(), clock.instant(), word.requested().by()),
                answered(word, "Withdrawn: " + target.shown() + ". Nothing was done."));
        return brain.commit(commit.with(InState.of(
                        target.id(), Kind.SCHEDULED, Kind.QUEUED, Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN)))
                .mapEmpty();
    }

    /** It was admitted and waits for others to end. */
    private Future<Void> forget(Story word, Target target) {
        Conclusion conclusion = Conclusion.without(
                Outcome.CANCELLED,
                "cancelled before it began, by " + word.requested().by().name());
        Commit commit = Commit.of(
                ending.event(target.story(), conclusion),
                answered(word, "Cancelled: " + target.shown() + ". Nothing was done."));
        return brain.commit(Ending.releasing(commit, target.story(), Outcome.CANCELLED)
                        .with(InState.of(target.id(), Kind.ADMITTED)))
                .mapEmpty();
    }

    private Future<Void> end(Story word, Target target) {
        return whereabouts
                .elsewhere(target.story())
                .compose(other -> other.isPresent()
                        ? refuse(
                                word,
                                "elsewhere",
                                target.shown() + " runs on " + other.get().host()
                                        + ", and this bot is another one: it cannot reach it.",
                                "The bot on " + other.get().host() + " can cancel it.")
                        : endHere(word, target));
    }

    /** First the promise, then the deed: whoever follows the run after a restart finds the promise and keeps it. */
    private Future<Void> endHere(Story word, Target target) {
        RunFolder folder = RunFolder.of(target.story());
        Commit commit = Commit.of(answered(
                word,
                "Cancelling " + target.shown() + ": it is asked to end, and made to where it does not. What it has done"
                        + " so far stays done; its result will be told."));
        String by = word.requested().by().name();
        return brain.commit(commit.with(InState.of(target.id(), Kind.DISPATCHED, Kind.STARTED))
                        .with(
                                CANCEL,
                                new JsonObject()
                                        .put("command", target.id().value())
                                        .put("by", by)))
                .compose(result -> result instanceof CommitResult.Committed
                        ? insisting.ask(target.id(), folder)
                        // It has moved on: the word is still to be answered, and the next sweep does.
                        : Future.succeededFuture());
    }

    private Future<Void> permitted(Story word, Target target, Collection<String> roles, Supplier<Future<Void>> then) {
        Person by = word.requested().by();
        // Whoever may start it may end it, and of what has the role `everyone` that is everybody.
        if (target.story().requested().by().is(by) || roles.contains(CommandSpec.EVERYONE)) {
            return then.get();
        }
        Set<String> all = new TreeSet<>(roles);
        all.add(ADMIN);
        return Future.all(all.stream().map(role -> brain.hash(Keys.role(role))).toList())
                .compose(holders -> holders.<Map<String, String>>list().stream()
                                .anyMatch(each -> each.containsKey(by.id()))
                        ? then.get()
                        : refuse(
                                word,
                                "role",
                                target.shown() + " can be cancelled by "
                                        + target.story().requested().by().name() + " and by whoever has the role "
                                        + String.join(" or ", all) + ".",
                                ""));
    }

    private Event answered(Story word, String text) {
        return new Event.Answered(word.id(), clock.instant(), text);
    }

    private Future<Void> refuse(Story word, String code, String reason, String help) {
        List<String> lines = help.isEmpty() ? List.of() : List.of(help);
        return brain.commit(Commit.of(new Event.Refused(word.id(), clock.instant(), code, reason, lines)))
                .mapEmpty();
    }

    private static String over(Story story) {
        return story.last(Event.Finished.class)
                .map(finished -> finished.outcome().title())
                .orElseGet(() -> story.state().title());
    }
}
