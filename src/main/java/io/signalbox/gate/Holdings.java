package io.signalbox.gate;

import io.signalbox.catalog.CommandSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds which role, and since when, as the brain had it when it was asked.
 *
 * @param since by role, then by the id of the person
 * @param names by the id of the person, for people to read
 */
record Holdings(Map<String, Map<String, Instant>> since, Map<String, String> names) {
    Holdings {
        since = Map.copyOf(since);
        names = Map.copyOf(names);
    }

    boolean has(String person, Collection<String> anyOf) {
        return anyOf.stream().anyMatch(role -> since(person, role).isPresent());
    }

    /** Whether the person holds one of the roles now and held it at that time already. */
    boolean had(String person, Collection<String> anyOf, Instant then) {
        return anyOf.stream()
                .anyMatch(role ->
                        since(person, role).filter(at -> !at.isAfter(then)).isPresent());
    }

    Optional<Instant> since(String person, String role) {
        return role.equals(CommandSpec.EVERYONE)
                ? Optional.of(Instant.EPOCH)
                : Optional.ofNullable(since.getOrDefault(role, Map.of()).get(person));
    }

    /** The ids of those who hold the role, in the order of their names; nobody is named for {@code everyone}. */
    List<String> holders(String role) {
        return since.getOrDefault(role, Map.of()).keySet().stream()
                .sorted(Comparator.comparing(this::name))
                .toList();
    }

    String name(String person) {
        return names.getOrDefault(person, person);
    }

    /** As in {@code anna, bert}; who has the role in two chats is named once. */
    String names(Collection<String> persons) {
        return String.join(", ", persons.stream().map(this::name).distinct().toList());
    }
}
