package io.signalbox.audit;

import org.jspecify.annotations.Nullable;

/** Something in the log that Signalbox did not write. */
final class ForeignRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForeignRecord(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
