package io.signalbox.gate.walk;

import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Several say something in the same moment, or one says it twice: none has heard what becomes of the others'. */
record AtOnce(List<Step> steps) implements Step {
    static Arbitrary<Step> yeses() {
        return of(Arbitraries.of("play:anna", "play:bert", "play:carla").map(Decide::yes));
    }

    static Arbitrary<Step> locks() {
        return of(KeepLock.any());
    }

    private static Arbitrary<Step> of(Arbitrary<Step> step) {
        return Combinators.combine(step, step).as((one, other) -> new AtOnce(List.of(one, other)));
    }

    @Override
    public Runnable happen(Junction junction) {
        steps.forEach(step -> Objects.requireNonNull(step.happen(junction)));
        return Step.nothingToSee();
    }
}
