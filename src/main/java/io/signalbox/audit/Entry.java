package io.signalbox.audit;

import io.signalbox.bus.Event;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One record read back from the log.
 *
 * @param text the CloudEvent as it stands in the log
 * @param data the event's JSON inside it
 */
record Entry(long sequence, String previousHash, Event event, String data, String text) {
    Head head() {
        return new Head(sequence, DigestUtils.sha256Hex(text));
    }
}
