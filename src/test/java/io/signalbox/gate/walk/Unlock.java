package io.signalbox.gate.walk;

import io.signalbox.bus.CommandId;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Somebody frees a lock, whether or not its run is over. */
record Unlock(String by, String environment) implements Step {
    static Arbitrary<Step> any() {
        return Combinators.combine(People.ANY, People.ENVIRONMENTS).as(Unlock::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        String lock = Rules.lock(environment);
        Forecast forecast = WordForecasts.ofUnlock(junction.model(), by, lock);
        CommandId word = junction.say(by, "unlock", Map.of("lock", lock));
        return () -> junction.expect(word, forecast);
    }
}
