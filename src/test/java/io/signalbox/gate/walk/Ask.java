package io.signalbox.gate.walk;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Instruction;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Somebody asks for a run; an empty environment asks for the one that needs neither role, lock nor approval. */
record Ask(String person, String environment) implements Step {
    static Arbitrary<Step> any() {
        return Combinators.combine(People.ANY, Arbitraries.of("staging", "production", "production", "production", ""))
                .as(Ask::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        boolean look = environment.isEmpty();
        Map<String, String> arguments = look ? Map.of() : Map.of("environment", environment);
        Instruction said = new Instruction(look ? Rules.LOOK : Rules.DEPLOY, "", arguments);
        Forecast forecast = Forecast.ofRun(junction.model(), person, said);
        CommandId id = junction.say(person, said.command(), arguments);
        return () -> junction.expect(id, forecast);
    }
}
