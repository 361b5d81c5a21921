package io.signalbox.audit;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.notation.PlainText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as one line: time (UTC), command, person, event, and what matters most. Remembers who asked for what. */
final class TailLine {
    private static final int MOST = 200;

    private final Map<CommandId, Person> requesters = new HashMap<>();

    String of(Entry entry) {
        Event event = entry.event();
        if (event instanceof Event.Requested requested) {
            requesters.put(event.id(), requested.by());
        }
        Person by = actor(event);
        String line = "%s %s %s %s %s"
                .formatted(
                        time(event.at()),
                        event.id(),
                        by == null ? "-" : by.name(),
                        event.kind().title(),
                        essence(event));
        return PlainText.line(line, MOST);
    }

    /** Who did this, or else who asked for the command; null where its first record was not read. */
    @Nullable
    Person actor(Event event) {
        return switch (event.kind()) {
            case APPROVAL_GIVEN -> ((Event.ApprovalGiven) event).by();
            case GLASS_BROKEN -> ((Event.GlassBroken) event).by();
            case DENIED -> ((Event.Denied) event).by();
            case WITHDRAWN -> ((Event.Withdrawn) event).by();
            case REQUESTED,
                    MISUNDERSTOOD,
                    UNDERSTOOD,
                    SCHEDULED,
                    QUEUED,
                    APPROVAL_REQUESTED,
                    EXPIRED,
                    VOIDED,
                    ADMITTED,
                    REFUSED,
                    ANSWERED,
                    DISPATCHED,
                    STARTED,
                    FINISHED -> requesters.get(event.id());
        };
    }

    private static String essence(Event event) {
        return switch (event.kind()) {
            case REQUESTED -> ((Event.Requested) event).text();
            case MISUNDERSTOOD -> ((Event.Misunderstood) event).problem();
            case UNDERSTOOD -> ((Event.Understood) event).instruction().canonical();
            case SCHEDULED -> "for " + time(((Event.Scheduled) event).due());
            case QUEUED -> {
                var queued = (Event.Queued) event;
                yield "lock " + queued.lock() + ", place " + queued.place() + ", until " + time(queued.until());
            }
            case APPROVAL_REQUESTED -> {
                var asked = (Event.ApprovalRequested) event;
                yield "by " + (asked.needed() == 1 ? "another " : asked.needed() + " others of ") + asked.by()
                        + " until " + time(asked.deadline()) + ", " + plan(asked.plan());
            }
            case APPROVAL_GIVEN ->
                "plan " + ((Event.ApprovalGiven) event).digest().substring(0, 8);
            case GLASS_BROKEN -> ((Event.GlassBroken) event).reason();
            case DENIED -> text(((Event.Denied) event).reason());
            case WITHDRAWN, EXPIRED -> "";
            case VOIDED -> ((Event.Voided) event).reason();
            case ADMITTED -> admitted((Event.Admitted) event);
            case REFUSED -> ((Event.Refused) event).code() + ": " + ((Event.Refused) event).reason();
            case ANSWERED -> ((Event.Answered) event).text();
            case DISPATCHED -> String.join(" ", ((Event.Dispatched) event).argv());
            case STARTED -> "process " + ((Event.Started) event).pid();
            case FINISHED -> finished((Event.Finished) event);
        };
    }

    private static String admitted(Event.Admitted event) {
        String plan = event.plan() == null ? "" : plan(event.plan());
        String lock = event.lock() == null ? "" : "lock " + event.lock();
        return plan.isEmpty() || lock.isEmpty() ? plan + lock : plan + ", " + lock;
    }

    private static String finished(Event.Finished event) {
        String exit = event.exitCode() == null ? "" : " (exit " + event.exitCode() + ")";
        return event.outcome().title() + exit + (event.reason().isBlank() ? "" : ": " + event.reason());
    }

    private static String plan(Plan plan) {
        return "plan " + plan.shortDigest();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
