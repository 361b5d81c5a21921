package io.signalbox.brain;

/** This release must not change the brain, as it is: nothing was written. */
public final class ForeignSchema extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForeignSchema(String message) {
        super(message);
    }

    static ForeignSchema newer(String reader, int known) {
        return new ForeignSchema(
                "the brain was changed by a later release: it takes changes from those that know schema " + reader
                        + " or more, and this one knows " + known + "; start the later release again");
    }

    static ForeignSchema importing() {
        return new ForeignSchema("an export is being imported into the brain, or an import was cut off: say"
                + " ./signalbox brain import with the same file once more");
    }
}
