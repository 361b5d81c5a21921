package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a word about the bot changes with its answer. */
final class Effects {
    private final Model model;

    Effects(Model model) {
        this.model = model;
    }

    /** What has to become of its target where this word is answered; null where it has none. */
    static @Nullable Kind owed(Story word) {
        return switch (word.instruction().command()) {
            case "approve" -> Kind.APPROVAL_GIVEN;
            case "break-glass" -> Kind.GLASS_BROKEN;
            case "deny" -> Kind.DENIED;
            case "move" -> Kind.SCHEDULED;
            default -> null;
        };
    }

    static CommandId target(Story word) {
        return new CommandId(Words.argument(word, "id"));
    }

    void of(Story word) {
        switch (word.instruction().command()) {
            case "grant" -> granted(word);
            case "revoke" -> revoked(word);
            case "lock" -> kept(word);
            case "extend" -> extended(word);
            case "unlock" -> unlocked(word);
            case "freeze" -> frozen(word);
            case "thaw" -> thawed(word);
            default -> {}
        }
    }

    private void granted(Story word) {
        String person = Words.argument(word, "person");
        String role = Words.argument(word, "role");
        Promises.KEPT.demand(model.since(person, role).isEmpty(), "held already:", word + "");
        model.roles()
                .computeIfAbsent(role, none -> new TreeMap<>())
                .put(person, word.last().at());
    }

    private void revoked(Story word) {
        String person = Words.argument(word, "person");
        String role = Words.argument(word, "role");
        Map<String, Instant> holders = model.roles().getOrDefault(role, Map.of());
        Promises.KEPT.demand(holders.containsKey(person), "was not held:", word + "");
        Promises.AUTHORISED.demand(!role.equals(Rules.ADMIN) || holders.size() > 1, "nobody is admin:", word + "");
        holders.remove(person);
    }

    private void kept(Story word) {
        String lock = Words.argument(word, "lock");
        Instant time = model.time(word.last());
        Optional<Kept> before = Optional.ofNullable(model.holds().put(lock, Kept.by(word)));
        Promises.KEEPER.demand(before.filter(kept -> kept.stands(time)).isEmpty(), before + " kept it:", word + "");
    }

    private void extended(Story word) {
        String lock = Words.argument(word, "lock");
        Kept hold = own(word, lock);
        Promises.KEPT.demand(hold.hasEnd(), "had no end:", word + "");
        model.holds().put(lock, hold.longer(Kept.time(word).orElseThrow()));
    }

    /** What is kept by hand and what a run has are two; the answer says which of them it was. */
    private void unlocked(Story word) {
        String lock = Words.argument(word, "lock");
        if (((Event.Answered) word.last()).text().startsWith(lock + " is unlocked")) {
            own(word, lock);
            model.holds().remove(lock);
            return;
        }
        Optional<CommandId> holder = Optional.ofNullable(model.locks().remove(lock));
        Promises.KEPT.demand(holder.isPresent(), "was not held:", word + "");
        Story held = model.story(holder.orElseThrow());
        Promises.ONE_HOLDER.demand(held.state().isTerminal(), "taken from a run under way:", held + "");
    }

    private Kept own(Story word, String lock) {
        Optional<Kept> hold = Optional.ofNullable(model.holds().get(lock))
                .filter(kept -> !kept.isOver(word.last().at()));
        Promises.KEPT.demand(hold.isPresent(), "nobody kept it:", word + "");
        Promises.KEEPER.demand(
                hold.orElseThrow().by().equals(word.requested().by().id()), hold + " kept it:", word + "");
        return hold.orElseThrow();
    }

    private void frozen(Story word) {
        String scope = Words.argument(word, "scope");
        Instant time = model.time(word.last());
        Optional<Kept> before = Optional.ofNullable(model.freezes().put(scope, Kept.by(word)));
        Promises.FROZEN.demand(
                before.filter(kept -> kept.stands(time))
                        .filter(kept -> !kept.by().equals(word.requested().by().id()))
                        .isEmpty(),
                before + " froze it:",
                word + "");
    }

    private void thawed(Story word) {
        String scope = Words.argument(word, "scope");
        Optional<Kept> before = Optional.ofNullable(model.freezes().remove(scope))
                .filter(kept -> !kept.isOver(word.last().at()));
        Promises.KEPT.demand(before.isPresent(), "nobody froze it:", word + "");
        String by = word.requested().by().id();
        Promises.AUTHORISED.demand(
                before.orElseThrow().by().equals(by)
                        || model.since(by, Rules.ADMIN).isPresent(),
                by,
                "may not thaw:",
                word + "");
    }
}
