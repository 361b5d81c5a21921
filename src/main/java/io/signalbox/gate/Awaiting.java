package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Catalog;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The command that a person decides about: one that waits for approval, or why it does not. */
final class Awaiting {
    private final Brain brain;
    private final Supplier<Catalog> catalog;

    Awaiting(Brain brain, Supplier<Catalog> catalog) {
        this.brain = brain;
        this.catalog = catalog;
    }

    /** What is said of the command whose id stands in the word, if it waits for approval or waits to begin after it. */
    Future<Reply> of(Asked word, Function<Asked, Future<Reply>> decide) {
        String said = word.argument("id").orElse("");
        if (!CommandId.isValid(said)) {
            return Reply.no("unknown", "'" + said + "' is not the id of a command.", "As in `approve k7m3ab`.");
        }
        return brain.story(new CommandId(said))
                .compose(found -> asked(found)
                        .<Future<Reply>>map(target -> isOpen(target.story())
                                ? decide.apply(target)
                                : Future.succeededFuture(new Reply.No(over(target.story()))))
                        .orElseGet(() -> Reply.no(
                                "unknown",
                                "No command " + said + " waits for approval.",
                                "The message that asks for approval says its id.")));
    }

    /** The same for those words that mean nothing once enough people have agreed. */
    Future<Reply> ofUndecided(Asked word, Function<Asked, Future<Reply>> decide) {
        return of(
                word,
                target -> target.story().isAgreed()
                        ? Future.succeededFuture(new Reply.No(over(target.story())))
                        : decide.apply(target));
    }

    /** Why a decision about it came to nothing: it has become something else meanwhile. */
    Future<Verdict.Refused> changed(Asked target) {
        return brain.story(target.id()).map(found -> over(found.orElse(target.story())));
    }

    private Optional<Asked> asked(Optional<Story> found) {
        return found.filter(story -> story.last(Event.ApprovalRequested.class).isPresent())
                .flatMap(story ->
                        catalog.get().find(story.instruction().command()).map(spec -> new Asked(story, spec)));
    }

    private static boolean isOpen(Story story) {
        return story.state() == Kind.APPROVAL_REQUESTED || story.state() == Kind.APPROVAL_GIVEN;
    }

    private static Verdict.Refused over(Story story) {
        String became = switch (story.state()) {
            case DENIED -> "it was denied";
            case WITHDRAWN -> "it was withdrawn";
            case EXPIRED ->
                story.approvals().isEmpty()
                        ? "its time is over, nobody approved it in time"
                        : "its time is over, only " + approvers(story) + " approved it in time";
            case VOIDED -> story.last(Event.Voided.class).orElseThrow().reason();
            case REFUSED ->
                agreed(story) + " and then refused: "
                        + story.last(Event.Refused.class).orElseThrow().reason();
            case APPROVAL_GIVEN, GLASS_BROKEN, QUEUED, ADMITTED, DISPATCHED, STARTED, FINISHED -> agreed(story);
            case REQUESTED, MISUNDERSTOOD, UNDERSTOOD, SCHEDULED, APPROVAL_REQUESTED, ANSWERED ->
                "it is " + story.state().title();
        };
        return new Verdict.Refused(
                "state", story.id() + " does not wait for approval: " + became + (became.endsWith(".") ? "" : "."));
    }

    private static String agreed(Story story) {
        return story.brokenGlass()
                .map(glass -> glass.by().name() + " broke the glass for it")
                .orElseGet(() -> "it was approved by " + approvers(story));
    }

    /** As in {@code bert and carla}. */
    static String approvers(Story story) {
        return story.approvals().stream().map(given -> given.by().name()).collect(Collectors.joining(" and "));
    }
}
