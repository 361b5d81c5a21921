package io.signalbox.chat;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people read while a command waits for others: who is asked for what, who has agreed, how it was decided. */
final class ApprovalWording {
    private ApprovalWording() {}

    /** Oldest first; empty where nobody else was asked. */
    static List<Message> messages(Story story) {
        return story.last(Event.ApprovalRequested.class)
                .map(request -> Stream.of(
                                Optional.of(request(story, request)), reminder(story, request), brokenGlass(story))
                        .flatMap(Optional::stream)
                        .toList())
                .orElse(List.of());
    }

    private static Message request(Story story, Event.ApprovalRequested request) {
        String id = story.id().value();
        List<String> lines = new ArrayList<>();
        lines.add("`" + story.instruction().canonical() + "` needs " + others(request) + ": " + words(id) + " within "
                + SpokenTime.rough(Duration.between(request.at(), request.deadline())) + ".");
        lines.addAll(plan(request.plan()));
        String decision = decision(story);
        lines.add(decision.isEmpty() ? sofar(story, request) : decision);
        lines.removeIf(String::isEmpty);
        Message message = Message.of(key(story, "approval"), Wording.room(story), Wording.text(lines))
                .mentioning(awaited(story, request));
        return decision.isEmpty()
                ? message.offering(List.of(
                        new Message.Button(
                                "Approve",
                                "approve " + id + " " + request.plan().shortDigest()),
                        new Message.Button("Deny", "deny " + id)))
                : message;
    }

    /** A message of its own, since a changed one notifies nobody; there is none any more once it is decided. */
    private static Optional<Message> reminder(Story story, Event.ApprovalRequested request) {
        return Optional.ofNullable(story.marks().get("reminded"))
                .filter(at -> decision(story).isEmpty())
                .map(at -> {
                    Duration left = Duration.between(Instant.ofEpochMilli(Long.parseLong(at)), request.deadline());
                    String text = "`" + story.instruction().canonical() + "` (" + story.id() + ") still needs "
                            + others(request) + ", and in " + SpokenTime.rough(left) + " it is too late: "
                            + words(story.id().value()) + ".";
                    String sofar = sofar(story, request);
                    return Message.of(
                                    key(story, "reminder"),
                                    Wording.room(story),
                                    sofar.isEmpty() ? text : text + "\n" + sofar)
                            .mentioning(awaited(story, request));
                });
    }

    /** It stays as it is, whatever becomes of the command. */
    private static Optional<Message> brokenGlass(Story story) {
        return story.brokenGlass()
                .map(glass -> Message.of(
                                key(story, "glass"),
                                Wording.room(story),
                                "GLASS BROKEN: " + glass.by().name() + " lets `"
                                        + story.instruction().canonical() + "` (" + story.id()
                                        + ") of " + story.requested().by().name()
                                        + " run without the approval it needs.\n"
                                        + "Reason: " + glass.reason())
                        .mentioning(Arrays.stream(
                                        story.marks().getOrDefault("called", "").split(" ", -1))
                                .filter(person -> !person.isEmpty())
                                .toList()));
    }

    private static String words(String id) {
        return "approve " + id + " (or deny " + id + ")";
    }

    private static String others(Event.ApprovalRequested request) {
        return request.needed() == 1
                ? "another " + request.by()
                : request.needed() + " others with the role " + request.by();
    }

    /** As in {@code 1 of 2: carla. Still asked: bert, dora.}; empty where nobody has agreed yet. */
    private static String sofar(Story story, Event.ApprovalRequested request) {
        List<Event.ApprovalGiven> given = story.approvals();
        if (given.isEmpty()) {
            return "";
        }
        String awaited = story.marks().getOrDefault("awaited", "");
        return given.size() + " of " + request.needed() + ": " + names(given)
                + (awaited.isEmpty() ? "." : ". Still asked: " + awaited + ".");
    }

    private static String names(List<Event.ApprovalGiven> given) {
        return given.stream().map(each -> each.by().name()).collect(Collectors.joining(" and "));
    }

    /** The ids of those who were asked and have not agreed; who asked for it just now needs no notice of it. */
    private static List<String> awaited(Story story, Event.ApprovalRequested request) {
        String requester = story.requested().by().id();
        List<String> awaited = new ArrayList<>(request.asked());
        story.approvals().forEach(given -> awaited.remove(given.by().id()));
        awaited.remove(requester);
        if (Wording.wasScheduled(story)) {
            awaited.add(requester);
        }
        return awaited;
    }

    private static List<String> plan(Plan plan) {
        List<String> lines = new ArrayList<>();
        plan.summary().forEach(line -> lines.add("  " + line));
        plan.consequences().forEach(line -> lines.add("  " + line));
        lines.add("  plan " + plan.shortDigest());
        return lines;
    }

    /** How the request for approval was decided, for the message that asked; empty while it is not. */
    private static String decision(Story story) {
        return switch (story.state()) {
            case DENIED -> "Denied.";
            case WITHDRAWN -> "Withdrawn.";
            case EXPIRED -> "Too late.";
            case VOIDED -> "No longer valid.";
            case REQUESTED, MISUNDERSTOOD, UNDERSTOOD, SCHEDULED, APPROVAL_REQUESTED -> "";
            case APPROVAL_GIVEN -> story.isAgreed() ? agreed(story) : "";
            case QUEUED, GLASS_BROKEN, ADMITTED, REFUSED, ANSWERED, DISPATCHED, STARTED, FINISHED -> agreed(story);
        };
    }

    private static String agreed(Story story) {
        return story.brokenGlass()
                .map(glass -> "Without approval: " + glass.by().name() + " broke the glass.")
                .orElseGet(() -> story.approvals().isEmpty() ? "" : "Approved by " + names(story.approvals()) + ".");
    }

    /** A command that is asked about again, as after a queue, gets a new message: a changed one would notify nobody. */
    private static String key(Story story, String which) {
        long asked = story.events().stream()
                .filter(Event.ApprovalRequested.class::isInstance)
                .count();
        return Wording.key(story, asked == 1 ? which : which + "-" + asked);
    }
}
