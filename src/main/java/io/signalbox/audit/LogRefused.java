package io.signalbox.audit;

/** The log, as it is, must not be written to; the message says why and what would help. */
final class LogRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogRefused(String message) {
        super(message);
    }
}
