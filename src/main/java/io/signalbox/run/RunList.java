package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.notation.Durations;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code runs}: what is under way, and what ran last. */
final class RunList {
    private static final int SHOWN = 10;

    private final Brain brain;
    private final InstantSource clock;

    RunList(Brain brain, InstantSource clock) {
        this.brain = brain;
        this.clock = clock;
    }

    Future<String> text() {
        Future<List<Story>> now = Future.all(brain.in(Kind.ADMITTED), brain.in(Kind.DISPATCHED), brain.in(Kind.STARTED))
                .compose(all -> brain.stories(all.<List<CommandId>>list().stream()
                        .flatMap(List::stream)
                        .toList()));
        return Future.all(now, PastRuns.ended(brain)).map(both -> {
            List<String> lines = new ArrayList<>();
            section(lines, "Under way:", "Nothing is under way.", underWay(both.resultAt(0)));
            section(lines, "Ended last:", "No run has ended yet.", endedLast(both.resultAt(1)));
            return String.join("\n", lines);
        });
    }

    private List<String> underWay(List<Story> stories) {
        return stories.stream()
                // Words about the bot are admitted as well, this one to begin with.
                .filter(Story::isOfRun)
                .sorted(Comparator.comparing(RunList::begin))
                .map(story -> shown(story) + ", for "
                        + Durations.stopwatch(Duration.between(begin(story), clock.instant()))
                        + (story.state() == Kind.ADMITTED ? ", " + story.turn() : ""))
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
                + Durations.stopwatch(Duration.between(begin(story), finished.at())) + ", " + ago(finished.at());
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

    private static void section(List<String> lines, String title, String none, List<String> entries) {
        lines.add(entries.isEmpty() ? none : title);
        entries.forEach(entry -> lines.add("  " + entry));
    }
}
