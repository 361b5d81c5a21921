package io.signalbox.brain;

/** An export, an import or a comparison that cannot be made; the message says why and what would help. */
public final class BadSnapshot extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadSnapshot(String message) {
        super(message);
    }
}
