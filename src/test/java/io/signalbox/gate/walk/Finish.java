package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** The oldest run under way ends; one that is lost keeps its lock. */
record Finish(Outcome outcome) implements Step {
    static Arbitrary<Step> any() {
        return Arbitraries.of(Outcome.SUCCEEDED, Outcome.SUCCEEDED, Outcome.FAILED, Outcome.LOST)
                .map(Finish::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        List<Story> running = junction.those(story -> story.state() == Kind.ADMITTED && Rules.isRun(story));
        if (!running.isEmpty()) {
            junction.finish(running.get(0), outcome);
        }
        return Step.nothingToSee();
    }
}
