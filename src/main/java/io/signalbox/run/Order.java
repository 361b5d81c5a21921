package io.signalbox.run;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose turn it is, of those that were admitted and wait: first come, first served; but whoever waits for room in an
 * environment keeps nobody from another one.
 */
record Order(int atOnce, int perEnvironment) {
    private static final String ENVIRONMENT = "environment";

    /** As many have room wherever they are. */
    int room() {
        return Math.min(atOnce, perEnvironment);
    }

    /** Why it is not the turn of {@code mine}, which is among {@code waiting}; empty where it is. */
    Optional<String> obstacle(CommandId mine, List<Story> waiting, List<Story> underWay) {
        Set<CommandId> busy = new HashSet<>();
        Map<String, Integer> there = new HashMap<>();
        for (Story each : underWay) {
            if (busy.add(each.id())) {
                enter(each, there);
            }
        }
        List<Story> inOrder = waiting.stream()
                .filter(each -> each.isOfRun() && !busy.contains(each.id()))
                .sorted(Comparator.comparing(Order::admitted)
                        .thenComparing(each -> each.id().value()))
                .toList();
        int taken = busy.size();
        int place = 1;
        for (Story each : inOrder) {
            Optional<String> full = full(each, taken, there);
            if (each.id().equals(mine)) {
                int mineIs = place;
                return full.map(reason -> "place " + mineIs + ": " + reason);
            }
            if (full.isEmpty()) {
                taken++;
                enter(each, there);
            } else {
                place++;
            }
        }
        return Optional.of("it has moved on");
    }

    private Optional<String> full(Story story, int taken, Map<String, Integer> there) {
        if (taken >= atOnce) {
            return Optional.of("no more than " + atOnce + " runs are under way at once");
        }
        String environment = story.instruction().arguments().get(ENVIRONMENT);
        int here = there.getOrDefault(environment, 0);
        return environment != null && here >= perEnvironment
                ? Optional.of("no more than " + perEnvironment
                        + " runs are under way at once in one environment, as in " + environment)
                : Optional.empty();
    }

    private static void enter(Story story, Map<String, Integer> there) {
        Optional.ofNullable(story.instruction().arguments().get(ENVIRONMENT))
                .ifPresent(environment -> there.merge(environment, 1, Integer::sum));
    }

    private static Instant admitted(Story story) {
        return story.last(Event.Admitted.class)
                .map(Event.Admitted::at)
                .orElseGet(() -> story.last().at());
    }
}
