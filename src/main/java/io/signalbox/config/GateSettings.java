package io.signalbox.config;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the gate goes by.
 *
 * @param approvalTime how long a request for approval stands
 * @param queueTime how long a command waits for its lock
 * @param firstRoles persons' ids by role, written once to an empty brain
 */
public record GateSettings(Duration approvalTime, Duration queueTime, Map<String, List<String>> firstRoles) {
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern PERSON = Pattern.compile("[a-z][a-z0-9]*:\\S+");

    public GateSettings {
        firstRoles = Collections.unmodifiableMap(new TreeMap<>(firstRoles));
        Rules rules = new Rules()
                .demand(
                        approvalTime.toSeconds() >= 1 && approvalTime.toHours() <= 24,
                        "gate.approval-time",
                        "between 1s and 24h")
                .demand(
                        queueTime.toSeconds() >= 1 && queueTime.toHours() <= 168,
                        "gate.queue-time",
                        "between 1s and 168h, a week");
        firstRoles.forEach((role, persons) -> {
            String key = "gate.first-roles." + role;
            rules.demand(ROLE.matcher(role).matches(), key, "'" + role + "' is not a role: small letters, digits, -");
            persons.forEach(person -> rules.demand(
                    PERSON.matcher(person).matches(),
                    key,
                    "'" + person + "' is not a person's id: service:id, as in console:olga"));
        });
        rules.enforce();
    }
}
