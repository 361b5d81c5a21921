package io.signalbox.gate.walk;

/** What holds on every walk, whatever happens on it. */
enum Promises {
    AUTHORISED("nothing is admitted or changed by whoever may not"),
    APPROVED(
            "what needs a yes has as many as it needs: of other persons, each another, in time, with the role then and now,"
                    + " to this plan; or one who may break the glass goes on with this plan"),
    ONE_HOLDER("a lock has one holder, and what the brain says of it is so"),
    KEEPER("under a lock that a person keeps nobody else begins, and nobody else ends it"),
    FROZEN("nothing begins in a freeze that does not pass it"),
    NOT_TOO_MANY("no more runs are under way than may be"),
    IN_ORDER("who waits for a lock gets it in the order of coming, and its place is so"),
    ON_TIME("what was scheduled goes on once its time has come, not before, and not long after"),
    ONE_END("a command goes one way and ends once"),
    RECORDED("nothing is admitted or changed while the audit log is closed"),
    KEPT("what was answered is so, and what was approved is admitted or ends with a reason"),
    NUMBERED("the numbers of the events have no holes"),
    ENDS("every command can end"),
    FORECAST("a gate that nothing disturbs does what its rules say");

    private final String sentence;

    Promises(String sentence) {
        this.sentence = sentence;
    }

    void demand(boolean holds, String... found) {
        if (!holds) {
            throw new Broken(this, String.join(" ", found));
        }
    }

    /** One of them does not hold. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1L;

        Broken(Promises promise, String found) {
            super(promise + " is broken (" + promise.sentence + "): " + found);
        }
    }
}
