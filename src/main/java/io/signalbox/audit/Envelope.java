package io.signalbox.audit;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.signalbox.brain.OutboxEntry;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.Kind;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Locale;

/** CloudEvents 1.0 in structured JSON: the common attributes around an event's own JSON. */
final class Envelope {
    static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";
    private static final String TYPE = "io.signalbox.";
    private static final String SEQUENCE = "sequence";
    private static final String PREVIOUS_HASH = "previoushash";
    private static final JsonFormat FORMAT = new JsonFormat();

    private final URI source;

    /** {@code source} names this bot in every record. */
    Envelope(URI source) {
        this.source = source;
    }

    /** A record's key and text. */
    record Sealed(String key, String text) {}

    Sealed seal(OutboxEntry entry, String previousHash) {
        Event event = EventJson.read(new JsonObject(entry.json()));
        String number = Long.toString(entry.sequence());
        CloudEvent record = CloudEventBuilder.v1()
                .withId(number)
                .withSource(source)
                .withType(type(event.kind()))
                .withSubject(event.id().value())
                .withTime(event.at().atOffset(ZoneOffset.UTC))
                .withExtension(SEQUENCE, number)
                .withExtension(PREVIOUS_HASH, previousHash)
                .withData("application/json", entry.json().getBytes(StandardCharsets.UTF_8))
                .build();
        return new Sealed(event.id().value(), new String(FORMAT.serialize(record), StandardCharsets.UTF_8));
    }

    /** Throws {@link ForeignRecord} where the text is not a record that {@link #seal} made. */
    static Entry open(String text) {
        try {
            CloudEvent record = FORMAT.deserialize(text.getBytes(StandardCharsets.UTF_8));
            CloudEventData data = record.getData();
            if (data == null) {
                throw new ForeignRecord("it has no data", null);
            }
            JsonObject json = new JsonObject(new String(data.toBytes(), StandardCharsets.UTF_8));
            return new Entry(
                    Long.parseLong(extension(record, SEQUENCE)),
                    extension(record, PREVIOUS_HASH),
                    EventJson.read(json),
                    json.encode(),
                    text);
        } catch (ForeignRecord foreign) {
            throw foreign;
        } catch (RuntimeException e) {
            throw new ForeignRecord("it is no record of Signalbox", e);
        }
    }

    /** As in {@code io.signalbox.approval-requested}. */
    static String type(Kind kind) {
        return TYPE + kind.title().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static String extension(CloudEvent record, String name) {
        Object value = record.getExtension(name);
        if (value == null) {
            throw new ForeignRecord("it has no " + name, null);
        }
        return value.toString();
    }
}
