package io.signalbox.config;

import java.util.ArrayList;
import java.util.List;

/** What a record of settings demands of its values; every broken rule is told, not only the first. */
final class Rules {
    record Broken(String key, String text) {}

    /** Thrown by the records' constructors. */
    static final class BrokenRules extends IllegalArgumentException {
        private final transient List<Broken> broken;

        BrokenRules(List<Broken> broken) {
            super(String.join(
                    "; ",
                    broken.stream().map(each -> each.key() + ": " + each.text()).toList()));
            this.broken = List.copyOf(broken);
        }

        List<Broken> broken() {
            return broken;
        }
    }

    private final List<Broken> broken = new ArrayList<>();

    Rules demand(boolean holds, String key, String otherwise) {
        if (!holds) {
            broken.add(new Broken(key, otherwise));
        }
        return this;
    }

    void enforce() {
        if (!broken.isEmpty()) {
            throw new BrokenRules(broken);
        }
    }
}
