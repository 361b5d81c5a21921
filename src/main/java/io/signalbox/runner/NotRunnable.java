package io.signalbox.runner;

/** What was said cannot be made into a process; the message says why, for people. */
public final class NotRunnable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotRunnable(String reason) {
        super(reason);
    }
}
