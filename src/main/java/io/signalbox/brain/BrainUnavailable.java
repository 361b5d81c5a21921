package io.signalbox.brain;

/** Redis did not answer: what was asked may or may not have been done, and nothing may be assumed. */
public final class BrainUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrainUnavailable(String tried, String why) {
        super("the brain (Redis) did not answer " + tried + ": " + why);
    }

    public BrainUnavailable(String tried, Throwable cause) {
        super("the brain (Redis) did not answer " + tried + ": " + Reason.of(cause), cause);
    }
}
