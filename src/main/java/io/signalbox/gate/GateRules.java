package io.signalbox.gate;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the gate goes by.
 *
 * @param approvalTime how long a request for approval stands
 * @param queueTime how long a command waits for its lock
 * @param firstRoles ids of persons by role, for a brain that never had any
 * @param services the chat services whose members are let in
 * @param settling how long after the start an audit log that is not open yet is waited for
 * @param zone of the times that people are shown and that they say without one
 */
public record GateRules(
        Duration approvalTime,
        Duration queueTime,
        Map<String, List<String>> firstRoles,
        Set<String> services,
        Duration settling,
        ZoneId zone) {
    public GateRules {
        firstRoles = Map.copyOf(firstRoles);
        services = Set.copyOf(services);
    }
}
