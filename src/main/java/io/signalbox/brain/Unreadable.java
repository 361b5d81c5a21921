package io.signalbox.brain;

import io.signalbox.bus.CommandId;

/** What the brain holds of one command is damaged, or a later release wrote it. Trying again does not heal that. */
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(CommandId id, Throwable cause) {
        super("the story of " + id + " cannot be read: " + cause.getMessage(), cause);
    }
}
