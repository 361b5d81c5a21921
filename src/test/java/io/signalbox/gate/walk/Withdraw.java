package io.signalbox.gate.walk;

import io.signalbox.brain.Commit;
import io.signalbox.brain.InState;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import java.util.List;
import java.util.Set;

/** Who asked thinks better of it: what the run stage commits for {@code cancel}. */
record Withdraw() implements Step {
    private static final Set<Kind> WAITS =
            Set.of(Kind.SCHEDULED, Kind.QUEUED, Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN);

    @Override
    public Runnable happen(Junction junction) {
        List<Story> waiting = junction.those(story -> WAITS.contains(story.state()));
        if (waiting.isEmpty()) {
            return Step.nothingToSee();
        }
        Story story = waiting.get(waiting.size() - 1);
        junction.commit(Commit.of(new Event.Withdrawn(
                        story.id(), junction.now(), story.requested().by()))
                .with(InState.of(story.id(), WAITS.toArray(Kind[]::new))));
        return () -> junction.expect(story.id(), Forecast.of(Kind.WITHDRAWN));
    }
}
