package io.signalbox.runner;

/** The repository has no such branch, tag or commit, or more than one; the message says so, for people. */
public final class RefNotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefNotFound(String message) {
        super(message);
    }
}
