package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of a command and why, or what it waits for, in sentences. */
final class Fate {
    private final Brain brain;
    private final InstantSource clock;
    private final Roles roles;
    private final Locks locks;
    private final Approved approved;

    Fate(Brain brain, InstantSource clock, Roles roles, Locks locks, Approved approved) {
        this.brain = brain;
        this.clock = clock;
        this.roles = roles;
        this.locks = locks;
        this.approved = approved;
    }

    Future<String> of(Story story) {
        return became(story).map(became -> shown(story) + " " + became);
    }

    private static String shown(Story story) {
        String words = story.last(Event.Understood.class)
                .map(understood -> understood.instruction().canonical())
                .orElse(story.requested().text());
        return story.id() + " (`" + words + "`)";
    }

    private Future<String> became(Story story) {
        return switch (story.state()) {
            case REQUESTED, UNDERSTOOD -> said("is still being looked at.");
            case MISUNDERSTOOD -> said(misunderstood((Event.Misunderstood) story.last()));
            case REFUSED -> said(refused((Event.Refused) story.last()));
            case SCHEDULED -> said("waits until " + time(((Event.Scheduled) story.last()).due()) + ".");
            case QUEUED -> queued((Event.Queued) story.last());
            case APPROVAL_REQUESTED -> waits(story, (Event.ApprovalRequested) story.last());
            case APPROVAL_GIVEN -> agreed(story);
            case GLASS_BROKEN -> said("is about to begin without approval.");
            case DENIED -> said(denied((Event.Denied) story.last()));
            case WITHDRAWN ->
                said("was withdrawn by " + ((Event.Withdrawn) story.last()).by().name() + ".");
            case EXPIRED -> said(expired(story));
            case VOIDED -> said("is void: " + ((Event.Voided) story.last()).reason());
            case ADMITTED -> said("is not refused: it " + story.turn() + ".");
            case DISPATCHED -> said("is not refused: it starts as soon as the audit log has the record.");
            case STARTED -> said("is not refused: it is running. `tail " + story.id() + "` shows how far it is.");
            case ANSWERED -> said("was answered: nothing was in its way.");
            case FINISHED -> said(finished(story, (Event.Finished) story.last()));
        };
    }

    private static Future<String> said(String text) {
        return Future.succeededFuture(text);
    }

    private static String misunderstood(Event.Misunderstood end) {
        return lines("was not understood: " + end.problem(), end.help());
    }

    private static String refused(Event.Refused end) {
        return lines("was refused: " + end.reason(), end.help());
    }

    private static String denied(Event.Denied end) {
        return "was denied by " + end.by().name() + (end.reason() == null ? "." : ": " + end.reason());
    }

    private Future<String> queued(Event.Queued queued) {
        return brain.lock(queued.lock())
                .map(held -> "waits for the lock " + queued.lock() + ", as number " + queued.place() + ", until "
                        + time(queued.until()) + "."
                        + held.map(holder -> " " + locks.shown(holder) + ".").orElse(""));
    }

    private Future<String> waits(Story story, Event.ApprovalRequested request) {
        return roles.of(List.of(request.by()))
                .map(holdings -> "waits for " + Policy.others(request.by(), request.needed()) + " to agree"
                        + (request.asked().isEmpty() ? "" : ": " + holdings.names(request.asked())) + ", until "
                        + time(request.deadline()) + "." + rest(story, request));
    }

    /** Where one person is not enough. */
    private static String rest(Story story, Event.ApprovalRequested request) {
        List<String> agreed = agreedBy(story);
        return request.needed() > 1 ? " So far: " + names(agreed) + "." : "";
    }

    private Future<String> agreed(Story story) {
        Event.ApprovalRequested request =
                story.last(Event.ApprovalRequested.class).orElseThrow();
        if (agreedBy(story).size() < request.needed()) {
            return waits(story, request);
        }
        return said("was approved by " + names(agreedBy(story)) + " and is planned anew before it begins."
                + approved.hindrance(story.id()).map(why -> " It waits: " + why).orElse(""));
    }

    private static List<String> agreedBy(Story story) {
        return story.approvals().stream()
                .map(Event.ApprovalGiven::by)
                .map(Person::name)
                .distinct()
                .toList();
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "nobody" : String.join(", ", names);
    }

    private String expired(Story story) {
        Event before = story.events().get(story.events().size() - 2);
        return switch (before.kind()) {
            case APPROVAL_REQUESTED, APPROVAL_GIVEN -> {
                Event.ApprovalRequested request =
                        story.last(Event.ApprovalRequested.class).orElseThrow();
                yield "was not approved in time: " + Policy.others(request.by(), request.needed())
                        + " could agree until " + time(request.deadline()) + ".";
            }
            case QUEUED ->
                "waited for the lock " + ((Event.Queued) before).lock() + " until "
                        + time(((Event.Queued) before).until()) + " in vain.";
            default -> "was not begun in time.";
        };
    }

    private static String finished(Story story, Event.Finished end) {
        if (end.outcome() == Outcome.SUCCEEDED) {
            return "was not refused: it ran and succeeded.";
        }
        List<String> more = new ArrayList<>();
        Optional.ofNullable(end.failure()).ifPresent(failure -> {
            Optional.ofNullable(failure.task())
                    .ifPresent(task -> more.add("It failed at `" + task + "`"
                            + (failure.hosts().isEmpty() ? "." : " on " + String.join(", ", failure.hosts()) + ".")));
            failure.lines().forEach(line -> more.add("  " + line));
        });
        more.add("`log " + story.id() + "` shows its log.");
        return lines("was let through and ended as " + end.outcome().title() + ": " + end.reason(), more);
    }

    private static String lines(String first, List<String> more) {
        return more.isEmpty() ? first : first + "\n" + String.join("\n", more);
    }

    private String time(Instant time) {
        return Times.shown(time, clock.instant());
    }
}
