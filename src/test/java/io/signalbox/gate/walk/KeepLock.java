package io.signalbox.gate.walk;

import io.signalbox.bus.CommandId;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Somebody keeps a lock by hand, for a time or until he ends it. */
record KeepLock(String by, String environment, String time) implements Step {
    static Arbitrary<Step> any() {
        return Combinators.combine(People.ASKERS, People.ENVIRONMENTS, People.TIMES)
                .as(KeepLock::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        String lock = Rules.lock(environment);
        Forecast forecast = WordForecasts.ofLock(junction.model(), by, lock);
        Map<String, String> arguments = new TreeMap<>(Map.of("lock", lock));
        if (!time.isEmpty()) {
            arguments.put("time", time);
        }
        CommandId word = junction.say(by, "lock", arguments);
        return () -> junction.expect(word, forecast);
    }
}
