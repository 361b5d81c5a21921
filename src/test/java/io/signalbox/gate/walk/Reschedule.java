package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Somebody gives the newest of those that wait for a time another one. */
record Reschedule(String by, String time) implements Step {
    static Arbitrary<Step> any() {
        return Combinators.combine(People.ANY, Arbitraries.of("1m", "5m")).as(Reschedule::new);
    }

    @Override
    public Runnable happen(Junction junction) {
        List<Story> scheduled = junction.those(story -> story.state() == Kind.SCHEDULED);
        if (scheduled.isEmpty()) {
            return Step.nothingToSee();
        }
        Story target = scheduled.get(scheduled.size() - 1);
        Forecast forecast = Decisions.ofMoving(junction.model(), by, target);
        CommandId word =
                junction.say(by, "move", Map.of("id", target.id().value(), "when", "in " + time, "time", time));
        return () -> {
            junction.expect(word, forecast);
            junction.expect(target.id(), Forecast.of(Kind.SCHEDULED));
        };
    }
}
