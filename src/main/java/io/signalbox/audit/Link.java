package io.signalbox.audit;

import java.nio.charset.StandardCharsets;

/**
 * One record of the log.
 *
 * @param key the command's id
 * @param text the CloudEvent as it stands in the log; its UTF-8 bytes are what the next record's hash is made of
 */
record Link(String key, String text, Head head) {
    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
