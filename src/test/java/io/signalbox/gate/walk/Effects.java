package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What a word about the bot changes with its answer. */
final class Effects {
    private final Model model;
    private final Map<String, Map<String, Instant>> roles;
    private final Map<String, CommandId> locks;

    Effects(Model model, Map<String, Map<String, Instant>> roles, Map<String, CommandId> locks) {
        this.model = model;
        this.roles = roles;
        this.locks = locks;
    }

    void of(Story word) {
        switch (word.instruction().command()) {
            case "grant" -> granted(word);
            case "revoke" -> revoked(word);
            case "unlock" -> unlocked(word);
            default -> {}
        }
    }

    private void granted(Story word) {
        Promises.KEPT.demand(
                model.since(argument(word, "person"), argument(word, "role")).isEmpty(), "held already:", word + "");
        roles.computeIfAbsent(argument(word, "role"), none -> new TreeMap<>())
                .put(argument(word, "person"), word.last().at());
    }

    private void revoked(Story word) {
        String role = argument(word, "role");
        Map<String, Instant> holders = roles.getOrDefault(role, Map.of());
        Promises.KEPT.demand(holders.containsKey(argument(word, "person")), "was not held:", word + "");
        Promises.AUTHORISED.demand(!role.equals(Rules.ADMIN) || holders.size() > 1, "nobody is admin:", word + "");
        holders.remove(argument(word, "person"));
    }

    private void unlocked(Story word) {
        Optional<CommandId> holder = Optional.ofNullable(locks.remove(argument(word, "lock")));
        Promises.KEPT.demand(holder.isPresent(), "was not held:", word + "");
        Story held = model.story(holder.orElseThrow());
        Promises.ONE_HOLDER.demand(held.state().isTerminal(), "taken from a run under way:", held + "");
    }

    private static String argument(Story word, String name) {
        return Objects.requireNonNull(word.instruction().arguments().get(name));
    }
}
