package io.signalbox.audit;

/** A record that does not follow the one before it. */
final class BrokenChain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenChain(String message) {
        super(message);
    }
}
