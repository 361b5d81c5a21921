package io.signalbox.gate.walk;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** A moment, or nearly or just more than an approval has. */
record TimePasses(Duration time) implements Step {
    static Arbitrary<Step> any() {
        return Arbitraries.of(
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Rules.FRESH.plusSeconds(1),
                        Rules.TO_APPROVE.minusSeconds(1),
                        Rules.TO_APPROVE.plusMillis(1))
                .map(TimePasses::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        junction.pass(time);
        return Step.nothingToSee();
    }
}
