package io.signalbox.chat;

import io.vertx.core.Future;

/**
 * One chat service. It hands over only what members of its own workspace say: no guests, no bots, no strangers.
 *
 * <p>Called from the event loop of the chat stage, and calls back on it.
 */
public interface Adapter {
    /** The first part of the ids of its people and rooms, as in {@code play}. */
    String service();

    /** Begins to listen. Completes when it listens or has begun to try; fails where its settings make that impossible. */
    Future<Void> open(Ear ear);

    /**
     * Posts the message, or changes the one of the same key that was posted before.
     *
     * @param handle what this returned when the message was posted first; empty for a new message
     * @return the service's own handle; the future fails where the service did not take it, and is tried again later
     */
    Future<String> post(Message message, String handle);

    /** Whether this id is that of somebody who may speak here; fails where the service does not tell. */
    Future<Boolean> isMember(String person);

    /** What was asked for in this message of a person has come to a rest: it ended, waits for a person, or runs. */
    void processed(String message);

    Future<Void> close();
}
