package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code runs}: what is under way, and what ran last. */
final class RunList {
    private static final int SHOWN = 10;
    /** Words about the bot end up in the same list: this many are looked through for runs. */
    private static final int LOOKED_AT = 200;

    private final Brain brain;
    private final InstantSource clock;

    RunList(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
    }

    Future<String> text() {
        Future<List<Story>> now = Future.all(brain.in(Kind.ADMITTED), brain.in(Kind.DISPATCHED), brain.in(Kind.STARTED))
                .compose(all -> stories(all.<List<CommandId>>list().stream()
                        .flatMap(List::stream)
                        .toList()));
        Future<List<Story>> ended = brain.ended(LOOKED_AT).compose(this::stories);
        return Future.all(now, ended).map(both -> {
            List<String> lines = new ArrayList<>();
            section(lines, "Under way:", "Nothing is under way.", underWay(now.result()));
            section(lines, "Ended last:", "Nothing has run yet.", endedLast(ended.result()));
            return String.join("\n", lines);
        });
    }

    private Future<List<Story>> stories(List<CommandId> ids) {
        return Future.all(ids.stream().map(brain::story).toList())
                .map(all -> all.<Optional<Story>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    private List<String> underWay(List<Story> stories) {
        return stories.stream()
                // Words about the bot are admitted as well, this one to begin with.
                .filter(Story::isOfRun)
                .sorted(Comparator.comparing(RunList::begin))
                .map(story -> shown(story)
                        + (story.state() == Kind.ADMITTED ? ", waits for its turn, for " : ", for ")
                        + stopwatch(Duration.between(begin(story), clock.instant())))
                .toList();
    }

    private List<String> endedLast(List<Story> stories) {
        return stories.stream()
                .flatMap(story -> story.last(Event.Finished.class).stream().map(finished -> ended(story, finished)))
                .limit(SHOWN)
                .toList();
    }

    private String ended(Story story, Event.Finished finished) {
        return shown(story) + ": " + finished.outcome().title() + " after "
                + stopwatch(Duration.between(begin(story), finished.at())) + ", " + ago(finished.at());
    }

    private static String shown(Story story) {
        return story.id() + " `" + story.instruction().canonical() + "` by "
                + story.requested().by().name();
    }

    private static Instant begin(Story story) {
        return story.last(Event.Started.class)
                .map(Event.Started::at)
                .orElseGet(() -> story.requested().at());
    }

    private String ago(Instant then) {
        Duration since = Duration.between(then, clock.instant());
        if (since.toMinutes() < 2) {
            return Math.max(0, since.toSeconds()) + " seconds ago";
        }
        return since.toHours() < 2 ? since.toMinutes() + " minutes ago" : since.toHours() + " hours ago";
    }

    private static String stopwatch(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static void section(List<String> lines, String title, String none, List<String> entries) {
        lines.add(entries.isEmpty() ? none : title);
        entries.forEach(entry -> lines.add("  " + entry));
    }
}
