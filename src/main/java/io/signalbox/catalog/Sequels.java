package io.signalbox.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What follows from a command that ends well.
 *
 * @param later what comes by itself
 * @param averts what was to come by itself and comes no more
 */
public record Sequels(List<Sequel> later, List<Sequel> averts) {
    public static final Sequels NONE = new Sequels(List.of(), List.of());

    /**
     * One command that comes, or that comes no more.
     *
     * @param command its name in the catalog
     * @param arguments templates by the name of its argument; {@code {facts.swap.out}} is what the plan pinned
     * @param after how long after the end; zero for what is averted
     */
    public record Sequel(String command, Map<String, String> arguments, Duration after) {
        public Sequel {
            arguments = Map.copyOf(arguments);
        }
    }

    public Sequels {
        later = List.copyOf(later);
        averts = List.copyOf(averts);
    }
}
