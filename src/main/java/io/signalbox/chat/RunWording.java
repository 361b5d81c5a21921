package io.signalbox.chat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Failure;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Progress;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Grammar;
import io.signalbox.language.Due;
import io.signalbox.notation.Durations;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What people read of a run: one living message while it is under way, and a new one that mentions them at its end. */
final class RunWording {
    private static final int HOSTS_SHOWN = 8;

    private final Supplier<Catalog> catalog;
    private final ZoneId zone;

    /** {@code zone}: of the times that people are shown. */
    RunWording(Supplier<Catalog> catalog, ZoneId zone) {
        this.catalog = catalog;
        this.zone = zone;
    }

    /**
     * Whether this command starts a process, as against a word about the bot. The story knows it also where the catalog has
     * lost the command since.
     */
    boolean concerns(Story story) {
        return story.isOfRun()
                || story.last(Event.Understood.class)
                        .filter(understood -> isRun(understood.instruction()))
                        .isPresent();
    }

    boolean isRun(Instruction instruction) {
        return catalog.get()
                .find(instruction.command())
                .filter(CommandSpec::startsProcess)
                .isPresent();
    }

    Optional<Message> living(Story story, @Nullable Progress progress) {
        String what = "`" + story.instruction().canonical() + "` (" + story.id() + ")";
        Message message =
                Message.of(Wording.key(story, "living"), Wording.room(story), what + " " + situation(story, progress));
        return switch (story.state()) {
            case UNDERSTOOD,
                    SCHEDULED,
                    QUEUED,
                    APPROVAL_REQUESTED,
                    APPROVAL_GIVEN,
                    GLASS_BROKEN,
                    ADMITTED,
                    DISPATCHED,
                    STARTED -> Optional.of(message.living());
            case DENIED, WITHDRAWN, EXPIRED, VOIDED, FINISHED -> Optional.of(message);
            case REFUSED, ANSWERED -> Wording.hasWaited(story) ? Optional.of(message) : Optional.empty();
            case REQUESTED, MISUNDERSTOOD -> Optional.empty();
        };
    }

    private String situation(Story story, @Nullable Progress progress) {
        return switch (story.state()) {
            case REQUESTED, MISUNDERSTOOD -> "";
            case ANSWERED -> "is done.";
            case UNDERSTOOD -> "is being planned …";
            case SCHEDULED -> scheduled(story);
            case QUEUED -> {
                var queued = story.last(Event.Queued.class).orElseThrow();
                yield "waits for " + queued.lock() + ", place " + queued.place()
                        + (queued.place() == 1 ? ": it is next." : ".") + " `cancel " + story.id() + "` gives that up.";
            }
            case APPROVAL_REQUESTED, APPROVAL_GIVEN -> "waits for approval.";
            case GLASS_BROKEN -> "goes on without approval: the glass was broken.";
            case DENIED, WITHDRAWN, EXPIRED, VOIDED, REFUSED -> "was not done.";
            case ADMITTED -> "is admitted and " + story.turn() + ".";
            case DISPATCHED -> "is being written to the audit log …";
            case STARTED -> progress == null ? "has started …" : running(progress);
            case FINISHED ->
                "is over after " + Durations.stopwatch(took(story)) + ": "
                        + story.last(Event.Finished.class)
                                .orElseThrow()
                                .outcome()
                                .title() + ".";
        };
    }

    private String scheduled(Story story) {
        CommandId cause = story.requested().because();
        return "is scheduled for "
                + Due.shown(story.last(Event.Scheduled.class).orElseThrow().due(), zone)
                + (cause == null ? "" : ", as announced by " + cause) + "; `cancel " + story.id() + "` ends that"
                + (cause == null ? "." : ", `keep` puts it off.");
    }

    private static String running(Progress progress) {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("is running, ").append(Durations.stopwatch(progress.elapsed()));
        Duration left = progress.left();
        if (left != null) {
            head.append(", about ").append(Durations.stopwatch(left)).append(" left");
        }
        lines.add(head.toString());
        if (progress.stage() != null) {
            lines.add("  stage " + progress.stageNumber() + "/" + progress.stages() + " " + progress.stage());
        }
        if (progress.task() != null) {
            String of = progress.of() > 0 ? " of about " + progress.of() : "";
            lines.add("  task " + progress.number() + of + ": " + progress.task());
        }
        progress.hosts().stream().limit(HOSTS_SHOWN).forEach(host -> lines.add("  " + host(host)));
        if (progress.hosts().size() > HOSTS_SHOWN) {
            lines.add("  and " + (progress.hosts().size() - HOSTS_SHOWN) + " more hosts");
        }
        return Wording.text(lines);
    }

    private static String host(Progress.HostProgress host) {
        String state = host.unreachable() ? ", unreachable" : host.failed() > 0 ? ", failed " + host.failed() : "";
        return host.host() + ": ok " + host.ok() + ", changed " + host.changed() + state;
    }

    Optional<Message> result(Story story) {
        return story.last(Event.Finished.class).map(finished -> {
            String anchor = story.anchor().map(noted -> "\naudit " + noted).orElse("");
            Message message = Message.of(
                            Wording.key(story, "result"), Wording.room(story), ended(story, finished) + anchor)
                    .mentioning(List.of(story.requested().by().id()));
            return finished.outcome() == Outcome.SUCCEEDED ? message.offering(next(story)) : message;
        });
    }

    private static String ended(Story story, Event.Finished finished) {
        String what = "`" + story.instruction().canonical() + "` (" + story.id() + ")";
        String took = Durations.stopwatch(took(story));
        if (finished.outcome() == Outcome.SUCCEEDED) {
            String summary = finished.result().getOrDefault("summary", "");
            return "✓ " + what + " done in " + took + "." + (summary.isBlank() ? "" : "\n" + summary.strip());
        }
        List<String> lines = new ArrayList<>();
        lines.add("✗ " + what + " " + outcome(finished.outcome()) + " after " + took + ": " + finished.reason());
        Failure failure = finished.failure();
        if (failure != null) {
            if (failure.task() != null) {
                String on = failure.hosts().isEmpty() ? "" : " on " + String.join(", ", failure.hosts());
                lines.add("task: " + failure.task() + on);
            }
            failure.lines().forEach(line -> lines.add("  " + line));
        }
        if (story.last(Event.Started.class).isPresent()) {
            lines.add("The whole log: `log " + story.id() + "`.");
        }
        return Wording.text(lines);
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> "done";
            case FAILED -> "failed";
            case CANCELLED -> "was cancelled";
            case TIMED_OUT -> "took too long and was ended";
            case BUSY, NOT_STARTED -> "was not started";
            case LOST -> "is lost: its processes are gone without a result, and what they did is not known";
        };
    }

    private static Duration took(Story story) {
        var begin = story.events().stream()
                .filter(event -> event.kind() == Kind.STARTED)
                .findFirst()
                .map(Event::at)
                .orElseGet(() -> Wording.begin(story));
        return Duration.between(begin, story.last().at());
    }

    /** Buttons for the commands that the catalog offers after this one, with the same arguments. */
    private List<Message.Button> next(Story story) {
        Grammar grammar = new Grammar(catalog.get());
        return grammar
                .catalog()
                .find(story.instruction().command())
                .map(CommandSpec::actions)
                .orElse(List.of())
                .stream()
                .flatMap(name -> grammar.catalog().find(name).stream())
                .flatMap(spec -> grammar
                        .shortest(spec.name(), story.instruction().arguments())
                        .stream()
                        .map(words -> new Message.Button(label(spec), words)))
                .toList();
    }

    /** The verb: the last part of the command's name. */
    private static String label(CommandSpec spec) {
        String verb = spec.name().substring(spec.name().lastIndexOf('.') + 1);
        return verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
    }
}
