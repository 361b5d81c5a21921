package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Keys;
import io.signalbox.bus.Person;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.PolicySpec;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The roles of people in the brain, each with the time since when it is held. */
final class Roles {
    private static final Fragment HELD = Fragment.beside(Roles.class, "gate.held", "held.lua");
    private static final Fragment GRANT = Fragment.beside(Roles.class, "gate.grant", "grant.lua");
    private static final Fragment REVOKE = Fragment.beside(Roles.class, "gate.revoke", "revoke.lua");
    private static final String NAMES = "sb:gate:names";

    private final Brain brain;
    private final Supplier<PolicySpec> rules;

    Roles(Brain brain, Supplier<PolicySpec> rules) {
        this.brain = brain;
        this.rules = rules;
    }

    /** Who holds what is needed for this command, for its approval, and for granting roles. */
    Future<Holdings> concerning(CommandSpec spec) {
        var roles = new TreeSet<>(spec.roles());
        spec.approval().ifPresent(approval -> roles.add(approval.by()));
        List.copyOf(roles).forEach(role -> roles.addAll(rules.get().granters(role)));
        roles.add(Policy.ADMIN);
        return of(roles);
    }

    Future<Holdings> of(Collection<String> roles) {
        List<String> asked = List.copyOf(roles);
        List<Future<Map<String, String>>> answers = new ArrayList<>();
        asked.forEach(role -> answers.add(brain.hash(Keys.role(role))));
        answers.add(brain.hash(NAMES));
        return Future.all(answers).map(all -> {
            Map<String, Map<String, Instant>> since = new LinkedHashMap<>();
            for (int index = 0; index < asked.size(); index++) {
                since.put(asked.get(index), times(all.resultAt(index)));
            }
            return new Holdings(since, all.resultAt(asked.size()));
        });
    }

    /** The roles of one person, with the time since when. */
    Future<Map<String, Instant>> of(Person person) {
        return brain.hash("sb:gate:person:" + person.id()).map(Roles::times);
    }

    private static Map<String, Instant> times(Map<String, String> millis) {
        Map<String, Instant> times = new LinkedHashMap<>();
        millis.forEach((key, at) -> times.put(key, Instant.ofEpochMilli(Long.parseLong(at))));
        return times;
    }

    /**
     * What a commit demands of a person.
     *
     * @param code what it is declined with where the person holds none of the roles
     * @param before the time at which one of them must have been held already; null: it is enough to hold it now
     */
    record Need(
            Person person,
            Collection<String> anyOf,
            String code,
            @Nullable Instant before) {
        static Need now(Person person, Collection<String> anyOf) {
            return new Need(person, anyOf, "role", null);
        }
    }

    static Commit.Part held(Need... needs) {
        JsonArray list = new JsonArray();
        for (Need need : needs) {
            JsonObject json = new JsonObject()
                    .put("person", need.person().id())
                    .put("name", need.person().name())
                    .put("roles", new JsonArray(List.copyOf(need.anyOf())))
                    .put("code", need.code());
            Optional.ofNullable(need.before()).ifPresent(before -> json.put("before", before.toEpochMilli()));
            list.add(json);
        }
        return new Commit.Part(HELD, new JsonObject().put("needs", list));
    }

    static Commit.Part grant(Person person, String role) {
        return new Commit.Part(GRANT, grantOf(person, role));
    }

    static Commit.Part revoke(Person person, String role) {
        return new Commit.Part(REVOKE, grantOf(person, role));
    }

    static JsonObject grantOf(Person person, String role) {
        return new JsonObject()
                .put("person", person.id())
                .put("name", person.name())
                .put("role", role);
    }
}
