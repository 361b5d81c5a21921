package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.catalog.Approval;
import io.signalbox.catalog.Catalog;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** {@code approve} and {@code deny}. */
final class ApprovalWords {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{8,64}");
    private static final String APPROVER = "approver";

    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Policy policy;
    private final Roles roles;

    ApprovalWords(Brain brain, InstantSource clock, Supplier<Catalog> catalog, Policy policy, Roles roles) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.policy = policy;
        this.roles = roles;
    }

    Future<Reply> approve(Asked word) {
        String digest = word.argument("digest").orElse("").toLowerCase(Locale.ROOT);
        if (!digest.isEmpty() && !DIGEST.matcher(digest).matches()) {
            return Reply.no(
                    "digest",
                    "'" + digest + "' is not a plan's digest.",
                    "It is the word of 8 or more letters and digits (0-9, a-f) after `plan`; it may be left out.");
        }
        return target(
                word,
                target -> mayApprove(target, word.by())
                        .map(verdict -> verdict instanceof Verdict.Refused refused
                                ? new Reply.No(refused)
                                : approval(word, target, digest)));
    }

    private Reply approval(Asked word, Asked target, String digest) {
        Event.ApprovalRequested request = target.approvalRequested();
        return Reply.say("Approved: " + target.shown() + ". It begins if nothing has changed since it was planned.")
                .with(new Event.ApprovalGiven(
                        target.id(), clock.instant(), word.by(), request.plan().digest()))
                .with(Approvals.state(target.id(), Kind.APPROVAL_REQUESTED))
                .with(Approvals.give(target.id(), digest))
                .with(Roles.held(
                        new Roles.Need(word.by(), Set.of(request.by()), APPROVER, target.at()),
                        new Roles.Need(word.by(), target.spec().roles(), APPROVER, target.at())))
                .orElse(declined -> declined(declined, word, target));
    }

    /** Who may say no: whoever may say yes, and the person who asked. */
    Future<Reply> deny(Asked word) {
        return target(
                word,
                target -> mayApprove(target, word.by()).map(verdict -> {
                    boolean own = target.by().is(word.by());
                    return !own && verdict instanceof Verdict.Refused refused
                            ? new Reply.No(refused)
                            : denial(word, target);
                }));
    }

    private Reply denial(Asked word, Asked target) {
        return Reply.say("Denied: " + target.shown() + ".")
                .with(new Event.Denied(
                        target.id(),
                        clock.instant(),
                        word.by(),
                        word.argument("reason").orElse(null)))
                .with(Approvals.state(target.id(), Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN))
                .with(Approvals.close(target.id()))
                .orElse(declined -> declined(declined, word, target));
    }

    private Future<Verdict> mayApprove(Asked target, Person approver) {
        Approval rule = new Approval(Map.of(), target.approvalRequested().by());
        return roles.of(needed(target, rule))
                .map(holdings -> policy.mayApprove(target.spec(), rule, target.by(), target.at(), approver, holdings));
    }

    private static Set<String> needed(Asked target, Approval rule) {
        Set<String> needed = new TreeSet<>(target.spec().roles());
        needed.add(rule.by());
        return needed;
    }

    /** The command that is meant, if it waits for approval. */
    private Future<Reply> target(Asked word, Function<Asked, Future<Reply>> decide) {
        String said = word.argument("id").orElse("");
        if (!CommandId.isValid(said)) {
            return Reply.no("unknown", "'" + said + "' is not the id of a command.", "As in `approve k7m3ab`.");
        }
        return brain.story(new CommandId(said))
                .compose(found -> asked(found)
                        .<Future<Reply>>map(target -> waits(target.story())
                                ? decide.apply(target)
                                : Future.succeededFuture(new Reply.No(notWaiting(target.story()))))
                        .orElseGet(() -> Reply.no(
                                "unknown",
                                "No command " + said + " waits for approval.",
                                "The message that asks for approval says its id.")));
    }

    private Optional<Asked> asked(Optional<Story> found) {
        return found.filter(story -> story.last(Event.ApprovalRequested.class).isPresent())
                .flatMap(story ->
                        catalog.get().find(story.instruction().command()).map(spec -> new Asked(story, spec)));
    }

    private static boolean waits(Story story) {
        return story.state() == Kind.APPROVAL_REQUESTED || story.state() == Kind.APPROVAL_GIVEN;
    }

    private Future<Verdict.Refused> declined(CommitResult.Declined declined, Asked word, Asked target) {
        return switch (declined.code()) {
            case "late" -> Future.succeededFuture(late(target));
            case "digest" ->
                Future.succeededFuture(new Verdict.Refused(
                        "digest",
                        "The plan of " + target.id() + " is "
                                + target.approvalRequested().plan().shortDigest()
                                + ", not the one that was named.",
                        "Look at that plan, then approve it by its own digest or by the id alone."));
            case APPROVER ->
                mayApprove(target, word.by())
                        .map(verdict -> verdict instanceof Verdict.Refused refused
                                ? refused
                                : new Verdict.Refused(
                                        APPROVER,
                                        "The roles of " + word.by().name() + " changed just now.",
                                        "Say it again."));
            default -> brain.story(target.id()).map(found -> notWaiting(found.orElse(target.story())));
        };
    }

    private Verdict.Refused late(Asked target) {
        return new Verdict.Refused(
                "late",
                "It is too late for " + target.shown() + ": it could be approved until "
                        + Times.shown(target.approvalRequested().deadline(), clock.instant()) + ".",
                "It has to be asked for again.");
    }

    private static Verdict.Refused notWaiting(Story story) {
        String approved = story.last(Event.ApprovalGiven.class)
                .map(given -> "it was approved by " + given.by().name())
                .orElse("it was approved");
        String became = switch (story.state()) {
            case DENIED -> "it was denied";
            case WITHDRAWN -> "it was withdrawn";
            case EXPIRED -> "its time is over, nobody approved it in time";
            case VOIDED -> story.last(Event.Voided.class).orElseThrow().reason();
            case REFUSED ->
                approved + " and then refused: "
                        + story.last(Event.Refused.class).orElseThrow().reason();
            case APPROVAL_GIVEN, QUEUED, ADMITTED, DISPATCHED, STARTED, FINISHED -> approved;
            case GLASS_BROKEN -> "it goes on without";
            case REQUESTED, MISUNDERSTOOD, UNDERSTOOD, SCHEDULED, APPROVAL_REQUESTED, ANSWERED ->
                "it is " + story.state().title();
        };
        return new Verdict.Refused(
                "state", story.id() + " does not wait for approval: " + became + (became.endsWith(".") ? "" : "."));
    }
}
