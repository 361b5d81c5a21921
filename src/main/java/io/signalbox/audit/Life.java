package io.signalbox.audit;

import io.signalbox.bus.Event;
import io.signalbox.bus.Failure;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.notation.Durations;
import io.signalbox.notation.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One command's records as a person reads them: who wanted what, who agreed to what, what was done, how long each took. */
final class Life {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final String INDENT = " ".repeat(10);

    private final List<String> lines = new ArrayList<>();
    private Instant first = Instant.EPOCH;
    private Instant before = Instant.EPOCH;

    private Life() {}

    /** {@code entries} are all of one command, oldest first, and at least one. */
    static List<String> of(List<Entry> entries) {
        Life life = new Life();
        life.first = entries.get(0).event().at();
        life.before = life.first;
        life.lines.add("%s, %s, times in UTC".formatted(entries.get(0).event().id(), DAY.format(life.first)));
        entries.forEach(life::add);
        life.end(entries);
        return List.copyOf(life.lines);
    }

    private void add(Entry entry) {
        Event event = entry.event();
        Duration since = Duration.between(before, event.at());
        before = event.at();
        String after = since.toSeconds() > 0 ? "  +" + Durations.stopwatch(since) : "";
        String place = TIME.format(event.at()) + "  #" + entry.sequence() + " ";
        try {
            List<String> more = details(event);
            lines.add(place + PlainText.line(head(event)) + after);
            more.stream()
                    .flatMap(text -> PlainText.lastLines(text, Integer.MAX_VALUE).stream())
                    .forEach(line -> lines.add(INDENT + line));
        } catch (RuntimeException lacking) {
            // What was written by others may lack what every record of ours has.
            lines.add(place + event.kind().title() + " (damaged: " + lacking.getMessage() + ")");
        }
    }

    private static String head(Event event) {
        return switch (event.kind()) {
            case REQUESTED -> {
                var said = (Event.Requested) event;
                yield person(said.by())
                        + (said.because() == null
                                ? " said in " + said.room().id()
                                : ", because of " + said.because() + " in "
                                        + said.room().id())
                        + ": " + said.text();
            }
            case MISUNDERSTOOD -> "not understood: " + ((Event.Misunderstood) event).problem();
            case UNDERSTOOD -> {
                var understood = ((Event.Understood) event).instruction();
                yield "understood: " + understood.canonical() + " (" + understood.command() + ")";
            }
            case SCHEDULED ->
                "to begin at " + DAY.format(((Event.Scheduled) event).due()) + " "
                        + TIME.format(((Event.Scheduled) event).due());
            case QUEUED -> {
                var queued = (Event.Queued) event;
                yield "waits for the lock " + queued.lock() + ", place " + queued.place() + ", until "
                        + TIME.format(queued.until());
            }
            case APPROVAL_REQUESTED -> {
                var asked = (Event.ApprovalRequested) event;
                yield "needs " + (asked.needed() == 1 ? "another " : asked.needed() + " others of ") + asked.by()
                        + " until " + TIME.format(asked.deadline()) + "; asked: "
                        + (asked.asked().isEmpty() ? "nobody" : String.join(", ", asked.asked()));
            }
            case APPROVAL_GIVEN -> {
                var given = (Event.ApprovalGiven) event;
                yield person(given.by()) + " approved plan " + brief(given.digest());
            }
            case GLASS_BROKEN -> {
                var broken = (Event.GlassBroken) event;
                yield person(broken.by()) + " BROKE THE GLASS for plan " + brief(broken.digest()) + ": "
                        + broken.reason();
            }
            case DENIED -> {
                var denied = (Event.Denied) event;
                yield person(denied.by()) + " denied it" + because(denied.reason());
            }
            case WITHDRAWN -> person(((Event.Withdrawn) event).by()) + " took it back";
            case EXPIRED -> "nobody approved it in time";
            case VOIDED -> "void: " + ((Event.Voided) event).reason();
            case ADMITTED -> {
                String lock = ((Event.Admitted) event).lock();
                yield "allowed" + (lock == null ? "" : "; it holds the lock " + lock);
            }
            case REFUSED -> "refused (" + ((Event.Refused) event).code() + "): " + ((Event.Refused) event).reason();
            case ANSWERED -> "answered";
            case DISPATCHED ->
                "to be started, once this is recorded: " + String.join(" ", ((Event.Dispatched) event).argv());
            case STARTED -> "started, process " + ((Event.Started) event).pid();
            case FINISHED -> {
                var finished = (Event.Finished) event;
                yield finished.outcome().title()
                        + (finished.exitCode() == null ? "" : " (exit " + finished.exitCode() + ")")
                        + (finished.reason().isBlank() ? "" : ": " + finished.reason());
            }
        };
    }

    private static List<String> details(Event event) {
        return switch (event.kind()) {
            case APPROVAL_REQUESTED -> plan(((Event.ApprovalRequested) event).plan());
            case ADMITTED -> {
                Plan plan = ((Event.Admitted) event).plan();
                yield plan == null ? List.of() : List.of("plan " + plan.shortDigest());
            }
            case MISUNDERSTOOD -> ((Event.Misunderstood) event).help();
            case REFUSED -> ((Event.Refused) event).help();
            case ANSWERED -> List.of(((Event.Answered) event).text());
            case FINISHED -> outcome((Event.Finished) event);
            case REQUESTED,
                    UNDERSTOOD,
                    SCHEDULED,
                    QUEUED,
                    APPROVAL_GIVEN,
                    GLASS_BROKEN,
                    DENIED,
                    WITHDRAWN,
                    EXPIRED,
                    VOIDED,
                    DISPATCHED,
                    STARTED -> List.of();
        };
    }

    private static List<String> plan(Plan plan) {
        List<String> found = new ArrayList<>();
        found.add("plan " + plan.shortDigest());
        found.addAll(plan.summary());
        plan.consequences().forEach(each -> found.add("then: " + each));
        return found;
    }

    private static List<String> outcome(Event.Finished finished) {
        List<String> found = new ArrayList<>();
        Failure failure = finished.failure();
        if (failure != null) {
            found.add((failure.task() == null ? "no task" : failure.task())
                    + (failure.hosts().isEmpty() ? "" : " on " + String.join(", ", failure.hosts())));
            found.addAll(failure.lines());
        }
        for (Map.Entry<String, String> each : finished.result().entrySet()) {
            found.add(each.getKey() + ": " + each.getValue());
        }
        return found;
    }

    private void end(List<Entry> entries) {
        Event last = entries.get(entries.size() - 1).event();
        if (last.kind().isTerminal()) {
            lines.add("over after " + Durations.stopwatch(Duration.between(first, last.at())) + ", " + entries.size()
                    + " records");
        } else {
            lines.add("not over yet, or its end is not recorded yet");
        }
    }

    private static String person(Person person) {
        return person.name() + " (" + person.id() + ")";
    }

    private static String because(@Nullable String reason) {
        return reason == null || reason.isBlank() ? "" : ": " + reason;
    }

    private static String brief(String digest) {
        return digest.substring(0, Math.min(8, digest.length()));
    }
}
