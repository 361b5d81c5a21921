package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Somebody approves the newest command that waits, in the last moment that counts or in the first one that does not. */
record LastMoment(String person, boolean late) implements Step {
    static Arbitrary<Step> any() {
        return Combinators.combine(People.APPROVERS, Arbitraries.of(false, true))
                .as(LastMoment::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        List<Story> waiting = junction.those(story ->
                story.state() == Kind.APPROVAL_REQUESTED && !junction.now().isAfter(Deadlines.ofWaiting(story)));
        if (waiting.isEmpty()) {
            return Step.nothingToSee();
        }
        Story story = waiting.get(waiting.size() - 1);
        Duration left = Duration.between(junction.now(), Deadlines.ofWaiting(story));
        junction.pass(late ? left.plusMillis(1) : left);
        CommandId word = junction.say(person, "approve", Map.of("id", story.id().value()));
        return () -> {
            boolean agreed = yeses(junction.model().story(story.id())) > yeses(story);
            Promises.APPROVED.demand(!(late && agreed), "too late:", story(junction, story) + "");
            boolean heard = junction.model().story(word).state() == Kind.ANSWERED;
            Promises.KEPT.demand(heard == agreed, "answered otherwise:", story(junction, story) + "");
        };
    }

    private static Story story(Junction junction, Story story) {
        return junction.model().story(story.id());
    }

    private static long yeses(Story story) {
        return story.events().stream()
                .filter(Event.ApprovalGiven.class::isInstance)
                .count();
    }
}
