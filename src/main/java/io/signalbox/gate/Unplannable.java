package io.signalbox.gate;

import java.util.List;

/** What was said cannot be planned; the message says why and {@code help} what would help, for people. */
final class Unplannable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> help;

    Unplannable(String reason, List<String> help) {
        super(reason);
        this.help = List.copyOf(help);
    }

    Unplannable(String reason) {
        this(reason, List.of());
    }

    List<String> help() {
        return help;
    }
}
