package io.signalbox.catalog;

import java.util.Map;

/**
 * When other persons have to agree.
 *
 * @param when arguments and the values for which approval is needed; empty: always
 * @param by the role whose holders may approve
 * @param needed how many distinct persons have to agree
 */
public record Approval(Map<String, String> when, String by, int needed) {
    public Approval {
        when = Map.copyOf(when);
    }

    /** One other person is enough. */
    public Approval(Map<String, String> when, String by) {
        this(when, by, 1);
    }

    /** Where the value is not known, as after a change of the catalog, somebody is asked. */
    public boolean isNeededFor(Map<String, String> arguments) {
        return when.entrySet().stream()
                .allMatch(each -> each.getValue().equals(arguments.getOrDefault(each.getKey(), each.getValue())));
    }
}
