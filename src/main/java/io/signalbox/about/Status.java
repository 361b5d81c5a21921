package io.signalbox.about;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Keys;
import io.signalbox.brain.Lock;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How the bot is: what it leans on, and what is under way. */
final class Status {
    private static final List<Kind> UNDER_WAY = List.of(
            Kind.SCHEDULED,
            Kind.QUEUED,
            Kind.APPROVAL_REQUESTED,
            Kind.APPROVAL_GIVEN,
            Kind.GLASS_BROKEN,
            Kind.ADMITTED,
            Kind.DISPATCHED,
            Kind.STARTED);

    private final Brain brain;
    private final InstantSource clock;
    private final Release release;
    private final ByHand byHand;

    Status(Brain brain, InstantSource clock, Release release, ByHand byHand) {
        this.brain = brain;
        this.clock = clock;
        this.release = release;
        this.byHand = byHand;
    }

    Future<String> tell() {
        return Future.all(brain.hash(Keys.AUDIT_STATUS), underWay(), brain.locks(), byHand.standing())
                .map(all -> {
                    Map<String, String> audit = all.resultAt(0);
                    List<Story> stories = all.resultAt(1);
                    List<Lock> locks = all.resultAt(2);
                    List<String> kept = all.<ByHand.Standing>resultAt(3).lines();
                    List<String> lines = new ArrayList<>();
                    lines.add(release + ", up for " + rough(Duration.between(release.started(), clock.instant())));
                    lines.add("brain (Redis): answers");
                    lines.add("audit log (Kafka): " + audit(audit));
                    lines.add(stories.isEmpty() ? "nothing is under way" : "under way:");
                    stories.forEach(story -> lines.add("  " + line(story)));
                    lines.add(locks.isEmpty() && kept.isEmpty() ? "no lock is held" : "locks:");
                    // Those of runs that are lost stay held, so they are told apart from what is under way.
                    locks.forEach(lock -> lines.add("  " + shown(lock)));
                    kept.forEach(line -> lines.add("  " + line));
                    return String.join("\n", lines);
                });
    }

    private String shown(Lock held) {
        return held.shown("since " + rough(Duration.between(held.since(), clock.instant())));
    }

    /** The environments' commands that are under way, for one place or all of them. */
    Future<List<Story>> underWay() {
        return Future.all(UNDER_WAY.stream().map(brain::in).toList())
                .compose(all -> brain.stories(all.<List<CommandId>>list().stream()
                        .flatMap(List::stream)
                        .toList()))
                .map(stories -> stories.stream()
                        // Words about the bot are admitted as well, this one to begin with.
                        .filter(Story::isOfRun)
                        .sorted(Comparator.comparing(story -> story.requested().at()))
                        .toList());
    }

    String line(Story story) {
        String doing = switch (story.state()) {
            case APPROVAL_REQUESTED, APPROVAL_GIVEN -> "waits for approval";
            case SCHEDULED -> "is scheduled";
            case QUEUED -> "waits for its lock, place " + place(story) + ",";
            case GLASS_BROKEN -> "goes on without approval";
            case STARTED -> "is running";
            case ADMITTED -> story.turn();
            case DISPATCHED -> "is about to start";
            case REQUESTED,
                    MISUNDERSTOOD,
                    UNDERSTOOD,
                    DENIED,
                    WITHDRAWN,
                    EXPIRED,
                    VOIDED,
                    REFUSED,
                    ANSWERED,
                    FINISHED -> story.state().title();
        };
        String lock = story.last(Event.Admitted.class)
                .flatMap(admitted -> Optional.ofNullable(admitted.lock()))
                .map(name -> ", holds " + name)
                .orElse("");
        return story.id() + " " + story.instruction().canonical() + " ("
                + story.requested().by().name() + ") " + doing + " since "
                + rough(Duration.between(story.last().at(), clock.instant())) + lock;
    }

    private static int place(Story story) {
        return story.last(Event.Queued.class).map(Event.Queued::place).orElse(0);
    }

    private static String audit(Map<String, String> status) {
        if (status.isEmpty()) {
            return "nobody is recording, so nothing is started";
        }
        return "yes".equals(status.get("open"))
                ? "records"
                : "closed, so nothing is started: " + status.getOrDefault("reason", "no reason is known");
    }

    static String rough(Duration duration) {
        return Stream.of(
                        Map.entry("d", duration.toDays()),
                        Map.entry("h", duration.toHours()),
                        Map.entry("min", duration.toMinutes()))
                .filter(each -> each.getValue() > 0)
                .findFirst()
                .map(each -> each.getValue() + " " + each.getKey())
                .orElse(Math.max(0, duration.toSeconds()) + " s");
    }
}
