package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** The run that ended last is said to have ended once more, as by a bot that found its folder after another had. */
record FinishAgain(Outcome outcome) implements Step {
    static Arbitrary<Step> any() {
        return Arbitraries.of(Outcome.SUCCEEDED, Outcome.LOST).map(FinishAgain::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        List<Story> ended = junction.those(story -> story.state() == Kind.FINISHED);
        if (!ended.isEmpty()) {
            junction.finish(ended.get(ended.size() - 1), outcome);
        }
        return Step.nothingToSee();
    }
}
