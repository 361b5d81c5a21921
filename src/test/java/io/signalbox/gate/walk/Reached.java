package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.statistics.Statistics;

/** Where the walks lead: a gate that refuses everything would break nothing. */
final class Reached {
    private static final List<String> WAYS = List.of(
            "admitted",
            "yes, admitted",
            "two yeses, admitted",
            "glass, admitted",
            "queued, admitted",
            "scheduled, admitted",
            "in a freeze, admitted",
            "under one's own lock, admitted",
            "refused: role",
            "refused: audit",
            "refused: freeze",
            "refused: lock",
            "refused: held",
            "refused: approval",
            "queued, Expired",
            "Withdrawn",
            "Expired");

    private Reached() {}

    static void collect(Model model) {
        Stream.concat(
                        model.stories().stream().filter(Rules::isRun).flatMap(story -> ways(story).stream()),
                        model.beginning().passes().stream())
                .filter(WAYS::contains)
                .forEach(way -> Statistics.label("ways").collect(way));
        Statistics.label("ways")
                .coverage(coverage -> WAYS.forEach(way -> coverage.check(way).count(count -> count > 0)));
    }

    private static List<String> ways(Story story) {
        List<String> ways = new ArrayList<>();
        String end = end(story);
        ways.add(end);
        if (has(story, Kind.QUEUED)) {
            ways.add("queued, " + end);
        }
        if (has(story, Kind.SCHEDULED)) {
            ways.add("scheduled, " + end);
        }
        if (!has(story, Kind.ADMITTED)) {
            return ways;
        }
        Agreement.of(story).ifPresent(agreement -> {
            String by =
                    agreement.glass().isPresent() ? "glass" : agreement.yeses().size() == 2 ? "two yeses" : "yes";
            ways.add(by + ", " + end);
            if (agreement.queued().isPresent()) {
                ways.add(by + ", queued, " + end);
            }
        });
        return ways;
    }

    private static boolean has(Story story, Kind kind) {
        return story.events().stream().anyMatch(event -> event.kind() == kind);
    }

    private static String end(Story story) {
        if (has(story, Kind.ADMITTED)) {
            return "admitted";
        }
        return story.last() instanceof Event.Refused refused
                ? "refused: " + refused.code()
                : story.state().title();
    }
}
