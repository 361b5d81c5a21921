package io.signalbox.gate.walk;

import io.signalbox.bus.CommandId;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Somebody freezes an environment or everything, for a time or until somebody ends it, or ends that. */
record ChangeFreeze(String by, String command, String scope, String time) implements Step {
    static Arbitrary<Step> freeze() {
        return Combinators.combine(People.ASKERS, SCOPES, People.TIMES)
                .as((by, scope, time) -> new ChangeFreeze(by, "freeze", scope, time));
    }

    static Arbitrary<Step> thaw() {
        return Combinators.combine(People.ANY, SCOPES).as((by, scope) -> new ChangeFreeze(by, "thaw", scope, ""));
    }

    private static final Arbitrary<String> SCOPES =
            Arbitraries.of("production", "production", "staging", Rules.EVERYTHING);

    @Override
    public Runnable happen(Junction junction) {
        Model model = junction.model();
        boolean freeze = command.equals("freeze");
        Forecast forecast = freeze ? WordForecasts.ofFreeze(model, by, scope) : WordForecasts.ofThaw(model, by, scope);
        Map<String, String> arguments = new TreeMap<>(Map.of("scope", scope));
        if (freeze) {
            arguments.put("reason", "stocktaking");
        }
        if (!time.isEmpty()) {
            arguments.put("time", time);
        }
        CommandId word = junction.say(by, command, arguments);
        return () -> junction.expect(word, forecast);
    }
}
