package io.signalbox.gate.walk;

import io.signalbox.bus.CommandId;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Somebody gives a role to a person or takes it. */
record ChangeRole(String by, String command, String person, String role) implements Step {
    static Arbitrary<Step> grant() {
        return any("grant");
    }

    static Arbitrary<Step> revoke() {
        return any("revoke");
    }

    private static Arbitrary<Step> any(String command) {
        return Combinators.combine(People.ADMINS, People.ANY, People.ROLES)
                .as((by, person, role) -> new ChangeRole(by, command, person, role));
    }

    @Override
    public Runnable happen(Junction junction) {
        Model model = junction.model();
        Forecast forecast = command.equals("grant")
                ? WordForecasts.ofGrant(model, by, person, role)
                : WordForecasts.ofRevoke(model, by, person, role);
        CommandId word = junction.say(by, command, Map.of("person", person, "role", role));
        return () -> junction.expect(word, forecast);
    }
}
