package io.signalbox.gate.walk;

import io.signalbox.bus.CommandId;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Somebody moves the end of a lock: whoever keeps it, or another. */
record Extend(String by, String environment) implements Step {
    static Arbitrary<Step> any() {
        return Combinators.combine(People.ANY, People.ENVIRONMENTS).as(Extend::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        String lock = Rules.lock(environment);
        Forecast forecast = WordForecasts.ofExtend(junction.model(), by, lock);
        CommandId word = junction.say(by, "extend", Map.of("lock", lock, "time", "5m"));
        return () -> junction.expect(word, forecast);
    }
}
