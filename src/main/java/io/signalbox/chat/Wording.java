package io.signalbox.chat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Progress;
import io.signalbox.bus.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people read: the messages that a command should have by now. The same story always gives the same messages, so
 * that after a restart the bot says what is missing and repeats nothing.
 */
final class Wording {
    private final RunWording runs;

    Wording(RunWording runs) {
        this.runs = runs;
    }

    /** Whether it can matter to the messages: the first steps of a word about the bot do not. */
    boolean hasWordsFor(Event event) {
        return switch (event.kind()) {
            case REQUESTED -> false;
            case UNDERSTOOD -> runs.isRun(((Event.Understood) event).instruction());
            case ADMITTED -> event.isOfRun();
            default -> true;
        };
    }

    /** Oldest first. {@code progress} is what is known of a run under way, null for nothing yet. */
    List<Message> messages(Story story, @Nullable Progress progress) {
        if (isGathered(story)) {
            return List.of();
        }
        List<Message> messages = new ArrayList<>();
        messages.addAll(ApprovalWording.messages(story));
        if (runs.concerns(story)) {
            runs.living(story, progress).ifPresent(messages::add);
            runs.result(story).ifPresent(messages::add);
        }
        end(story).ifPresent(messages::add);
        lapsed(story).ifPresent(messages::add);
        return messages;
    }

    /** Whether the room is told of it together with others. */
    private static boolean isGathered(Story story) {
        return story.last() instanceof Event.Refused refused
                && refused.code().equals(Absence.CODE)
                && story.last(Event.Understood.class).isEmpty();
    }

    /** Then its requester has long turned to something else. */
    static boolean wasScheduled(Story story) {
        return story.last(Event.Scheduled.class).isPresent();
    }

    /** Whether it waited for others or for a time: then its end is a message of its own. */
    static boolean hasWaited(Story story) {
        return wasScheduled(story) || story.hasWaited();
    }

    /** The message that ends a command which is not a run's result. */
    private Optional<Message> end(Story story) {
        Event last = story.last();
        boolean decidedByOthers = hasWaited(story);
        // Who waited for others or for a time has to be notified, which a change of the living message does not do.
        boolean inPlace = runs.concerns(story) && last instanceof Event.Refused && !decidedByOthers;
        return ending(story, last).map(text -> {
            Message message = Message.of(key(story, inPlace ? "living" : "end"), room(story), text);
            return decidedByOthers
                    ? message.mentioning(List.of(story.requested().by().id()))
                    : message;
        });
    }

    /** The time that somebody gave a lock or a freeze is over. */
    private static Optional<Message> lapsed(Story story) {
        return Optional.ofNullable(story.marks().get("lapsed"))
                .map(name -> Message.of(
                                key(story, "lapsed"),
                                room(story),
                                what(story) + " is over: its time has come, for " + name + ".")
                        .mentioning(List.of(story.requested().by().id())));
    }

    private Optional<String> ending(Story story, Event last) {
        return switch (last.kind()) {
            case MISUNDERSTOOD -> {
                var e = (Event.Misunderstood) last;
                yield Optional.of(withHelp(e.problem(), e.help()));
            }
            case REFUSED -> {
                var e = (Event.Refused) last;
                yield Optional.of(withHelp(e.reason(), e.help()));
            }
            case ANSWERED -> Optional.of(((Event.Answered) last).text());
            case DENIED -> {
                var e = (Event.Denied) last;
                yield Optional.of(what(story) + " was denied by " + e.by().name()
                        + (e.reason() == null ? "." : ": " + e.reason()) + " Nothing was done.");
            }
            case WITHDRAWN ->
                Optional.of(what(story) + " was withdrawn by "
                        + ((Event.Withdrawn) last).by().name() + ". Nothing was done.");
            case EXPIRED ->
                Optional.of(what(story)
                        + (story.cameFrom(Kind.QUEUED)
                                ? " has waited long enough for "
                                        + story.last(Event.Queued.class)
                                                .orElseThrow()
                                                .lock()
                                        + " and has expired. Nothing was done; say it again when that is free."
                                : " was not approved in time and has expired. Nothing was done; say it again"
                                        + " when somebody who may approve is there."));
            case VOIDED ->
                Optional.of(
                        story.requested().because() != null
                                ? what(story) + " does not come any more: " + ((Event.Voided) last).reason()
                                : what(story) + " is void: " + ((Event.Voided) last).reason()
                                        + " Nothing was done; say it again to see the new plan.");
            case REQUESTED,
                    UNDERSTOOD,
                    SCHEDULED,
                    QUEUED,
                    APPROVAL_REQUESTED,
                    APPROVAL_GIVEN,
                    GLASS_BROKEN,
                    ADMITTED,
                    DISPATCHED,
                    STARTED,
                    FINISHED -> Optional.empty();
        };
    }

    private static String withHelp(String text, List<String> help) {
        List<String> lines = new ArrayList<>();
        lines.add(text);
        lines.addAll(help);
        return text(lines);
    }

    private static String what(Story story) {
        return "`" + story.instruction().canonical() + "` (" + story.id() + ")";
    }

    static String text(List<String> lines) {
        return String.join("\n", lines);
    }

    static String key(Story story, String which) {
        return story.id() + "/" + which;
    }

    /** The command whose result the message of this key is, if it is one. */
    static Optional<CommandId> resultOf(String key) {
        return Optional.of(key)
                .filter(each -> each.endsWith("/result"))
                .map(each -> each.substring(0, each.length() - "/result".length()))
                .filter(CommandId::isValid)
                .map(CommandId::new);
    }

    static Room room(Story story) {
        return story.requested().room();
    }

    /** When the command was said, for elapsed times. */
    static Instant begin(Story story) {
        return story.requested().at();
    }
}
