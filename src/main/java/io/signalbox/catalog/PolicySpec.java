package io.signalbox.catalog;

import io.signalbox.bus.Room;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that hold for every command, as the catalog's {@code policy:} says them.
 *
 * @param roles by name, in the order of the file; empty where the catalog has no policy: then every role counts that a
 *     command asks for, and admins grant all of them
 * @param breakGlass the roles whose holders may go on without an approval; nobody where it is empty
 * @param rooms what may be said where, for the rooms that are named
 */
public record PolicySpec(Map<String, Role> roles, Set<String> breakGlass, List<RoomRule> rooms, Limits limits) {
    public static final String ADMIN = "admin";

    /** What holds where the catalog has no policy. */
    public static final PolicySpec NONE = new PolicySpec(Map.of(), Set.of(), List.of(), Limits.STANDARD);

    /** {@code grants} are the roles that its holders give and take; {@code help} may be empty. */
    public record Role(String help, Set<String> grants) {
        public Role {
            grants = Set.copyOf(grants);
        }
    }

    /**
     * How much at once.
     *
     * @param person commands of one person within a minute
     * @param room commands in one room within a minute
     * @param running commands that are under way at the same time
     */
    public record Limits(OptionalInt person, OptionalInt room, int running) {
        /** No person types faster, and no machine that this is made for does more at once. */
        static final Limits STANDARD = new Limits(OptionalInt.of(600), OptionalInt.empty(), 20);
    }

    public PolicySpec {
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        breakGlass = Set.copyOf(breakGlass);
        rooms = List.copyOf(rooms);
    }

    /** The roles whose holders give and take this one. */
    public Set<String> granters(String role) {
        Set<String> granters = new TreeSet<>();
        roles.forEach((name, each) -> {
            if (each.grants().contains(role)) {
                granters.add(name);
            }
        });
        return roles.isEmpty() ? Set.of(ADMIN) : granters;
    }

    /** The roles whose holders give and take any. */
    public Set<String> granting() {
        Set<String> granting = new TreeSet<>();
        roles.forEach((name, each) -> {
            if (!each.grants().isEmpty()) {
                granting.add(name);
            }
        });
        return roles.isEmpty() ? Set.of(ADMIN) : granting;
    }

    public boolean allows(CommandSpec spec, Room room) {
        return rooms.stream()
                .filter(rule -> rule.isOf(room))
                .findFirst()
                .or(() -> rooms.stream().filter(RoomRule::isOfOthers).findFirst())
                .map(rule -> rule.allows(spec))
                .orElse(true);
    }

    /** The rooms of this policy where it may be said, for people to read; rooms that it does not name are {@code others}. */
    public List<String> roomsFor(CommandSpec spec) {
        List<String> named = new ArrayList<>(rooms.stream()
                .filter(rule -> rule.allows(spec))
                .map(RoomRule::name)
                .toList());
        if (rooms.stream().noneMatch(RoomRule::isOfOthers)) {
            named.add(RoomRule.OTHERS);
        }
        return named;
    }
}
