package io.signalbox.gate.walk;

import io.signalbox.bus.CommandId;
import java.util.Optional;

/** What a gate that nothing disturbs answers to words about roles, locks and freezes. */
final class WordForecasts {
    private WordForecasts() {}

    static Forecast ofGrant(Model model, String by, String person, String role) {
        return Forecast.common(model, by, "grant", true)
                .orElseGet(() -> model.since(person, role).isPresent() ? Forecast.no("held") : Forecast.ANSWERED);
    }

    static Forecast ofRevoke(Model model, String by, String person, String role) {
        return Forecast.common(model, by, "revoke", true).orElseGet(() -> {
            if (model.since(person, role).isEmpty()) {
                return Forecast.no("not-held");
            }
            boolean last = role.equals(Rules.ADMIN) && model.holders(role).size() == 1;
            return last ? Forecast.no("last-admin") : Forecast.ANSWERED;
        });
    }

    static Forecast ofLock(Model model, String by, String lock) {
        return Forecast.common(model, by, "lock", true)
                .orElseGet(() ->
                        model.standing(model.holds(), lock).isPresent() ? Forecast.no("held") : Forecast.ANSWERED);
    }

    static Forecast ofExtend(Model model, String by, String lock) {
        return Forecast.common(model, by, "extend", true)
                .orElseGet(() -> model.standing(model.holds(), lock)
                        .filter(hold -> hold.by().equals(by) && hold.hasEnd())
                        .map(hold -> Forecast.ANSWERED)
                        .orElse(Forecast.no("held")));
    }

    /** One's own is given up before the run's beneath it, and nobody gives up another's. */
    static Forecast ofUnlock(Model model, String by, String lock) {
        return Forecast.common(model, by, "unlock", true).orElseGet(() -> {
            Optional<Kept> hold = model.standing(model.holds(), lock);
            if (hold.filter(kept -> kept.by().equals(by)).isPresent()) {
                return Forecast.ANSWERED;
            }
            CommandId holder = model.locks().get(lock);
            if (holder == null) {
                return Forecast.no(hold.isPresent() ? "held" : "lock");
            }
            return model.story(holder).state().isTerminal() ? Forecast.ANSWERED : Forecast.no("running");
        });
    }

    static Forecast ofFreeze(Model model, String by, String scope) {
        return Forecast.common(model, by, "freeze", true)
                .orElseGet(() -> model.standing(model.freezes(), scope)
                        .filter(freeze -> !freeze.by().equals(by))
                        .map(freeze -> Forecast.no("freeze"))
                        .orElse(Forecast.ANSWERED));
    }

    static Forecast ofThaw(Model model, String by, String scope) {
        return Forecast.common(model, by, "thaw", true)
                .orElseGet(() -> model.standing(model.freezes(), scope)
                        .map(freeze -> freeze.by().equals(by)
                                        || model.since(by, Rules.ADMIN).isPresent()
                                ? Forecast.ANSWERED
                                : Forecast.no("role"))
                        .orElse(Forecast.no("freeze")));
    }
}
