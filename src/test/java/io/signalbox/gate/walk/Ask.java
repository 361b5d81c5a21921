package io.signalbox.gate.walk;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Manner;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Somebody asks for a run, now or for later, and waits for its lock or does not. */
record Ask(String person, String command, String environment, boolean waits, Duration later) implements Step {
    static Arbitrary<Step> any() {
        return Combinators.combine(People.ASKERS, COMMANDS, People.ENVIRONMENTS, Arbitraries.of(true, false), LATER)
                .as(Ask::new);
    }

    private static final Arbitrary<String> COMMANDS = Arbitraries.of(
            Rules.DEPLOY,
            Rules.DEPLOY,
            Rules.DEPLOY,
            Rules.DEPLOY,
            Rules.RELEASE,
            Rules.RELEASE,
            Rules.RELEASE,
            Rules.ROLLBACK,
            Rules.ROLLBACK,
            Rules.LOOK);

    private static final Arbitrary<Duration> LATER = Arbitraries.frequency(
            Tuple.of(9, Duration.ZERO), Tuple.of(1, Duration.ofMinutes(1)), Tuple.of(1, Duration.ofMinutes(5)));

    @Override
    public Runnable happen(Junction junction) {
        Map<String, String> arguments = command.equals(Rules.LOOK) ? Map.of() : Map.of("environment", environment);
        Manner manner = new Manner(waits, later.isZero() ? null : junction.now().plus(later));
        Instruction said = new Instruction(command, command + arguments.values(), arguments, manner);
        Forecast forecast = Forecast.ofRun(junction.model(), person, said);
        CommandId id = junction.say(person, said);
        return () -> junction.expect(id, forecast);
    }
}
