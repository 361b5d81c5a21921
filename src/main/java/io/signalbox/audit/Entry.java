package io.signalbox.audit;

import io.signalbox.bus.Event;

/**
 * One record read back from the log.
 *
 * @param text the CloudEvent as it stands in the log
 * @param data the event's JSON inside it
 */
record Entry(long sequence, String previousHash, Event event, String data, String text) {
    Head head() {
        return new Head(sequence, Chain.hash(text));
    }
}
