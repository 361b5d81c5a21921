package io.signalbox.brain;

import io.vertx.redis.client.Response;

/** One event that waits for Kafka: its sequence number and its JSON as it was committed. */
public record OutboxEntry(long sequence, String json) {
    static OutboxEntry read(Response entry) {
        String id = entry.get(0).toString();
        return new OutboxEntry(
                Long.parseLong(id.substring(0, id.indexOf('-'))),
                entry.get(1).get(1).toString());
    }
}
