package io.signalbox.catalog;

import java.util.Map;

/**
 * When another person has to agree.
 *
 * @param when arguments and the values for which approval is needed; empty: always
 * @param by the role whose holders may approve
 */
public record Approval(Map<String, String> when, String by) {
    public Approval {
        when = Map.copyOf(when);
    }

    /** Where the value is not known, as after a change of the catalog, somebody is asked. */
    public boolean isNeededFor(Map<String, String> arguments) {
        return when.entrySet().stream()
                .allMatch(each -> each.getValue().equals(arguments.getOrDefault(each.getKey(), each.getValue())));
    }
}
