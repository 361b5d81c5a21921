package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** In an emergency somebody goes on without the yes that is waited for, if he is one who may, and says why. */
record BreakGlass(String person, String reason) implements Step {
    static Arbitrary<Step> any() {
        Arbitrary<String> persons = Arbitraries.of("play:anna", "play:anna", "play:dave", "play:bert");
        Arbitrary<String> reasons =
                Arbitraries.of("production is down", "production is down", "production is down", "- !! -");
        return Combinators.combine(persons, reasons).as(BreakGlass::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        List<Story> asked = junction.asked();
        if (asked.isEmpty()) {
            return Step.nothingToSee();
        }
        Story target = asked.get(asked.size() - 1);
        Model model = junction.model();
        Forecast forecast = Decisions.ofBreakingGlass(model, person, target.id(), reason);
        Forecast then = Forecast.ofApproved(model, target, junction.digest(target.id(), target.instruction()), true);
        CommandId word =
                junction.say(person, "break-glass", Map.of("id", target.id().value(), "reason", reason));
        return () -> {
            junction.expect(word, forecast);
            if (forecast.equals(Forecast.ANSWERED)) {
                junction.expect(target.id(), then);
            }
        };
    }
}
