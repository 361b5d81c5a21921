package io.signalbox.config;

import java.util.List;

/** Settings that cannot be used; the message lists every mistake. No value that could be a secret is in it. */
public final class BadSettings extends RuntimeException {
    private final List<String> mistakes;

    public BadSettings(List<String> mistakes) {
        super((mistakes.size() == 1 ? "A setting is wrong:" : mistakes.size() + " settings are wrong:")
                + "\n  "
                + String.join("\n  ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
