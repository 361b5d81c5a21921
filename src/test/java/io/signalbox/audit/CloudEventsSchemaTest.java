package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.signalbox.brain.OutboxEntry;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.EventSamples;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the log holds is what any CloudEvents reader takes, by the schema of the CloudEvents authors. */
class CloudEventsSchemaTest {
    private static final Set<String> OF_THE_SPECIFICATION =
            Set.of("specversion", "id", "source", "type", "datacontenttype", "dataschema", "subject", "time", "data");
    /** "Attribute names … lower-case letters and digits", at most twenty of them. */
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]{1,20}");

    private final JsonSchema schema = schema();

    @Test
    void eachEventIsACloudEvent() {
        List<Event> events = Stream.concat(
                        EventSamples.complete(new CommandId("k7m2pq")).stream(), EventSamples.sparse().stream())
                .toList();
        assertThat(events).hasSizeGreaterThanOrEqualTo(Event.class.getPermittedSubclasses().length);
        assertThat(events)
                .allSatisfy(event -> assertThat(complaints(record(event))).isEmpty());
    }

    @Test
    void whatSignalboxAddsIsNamedAndTypedAsExtensionsAre() {
        for (Event event : EventSamples.complete(new CommandId("k7m2pq"))) {
            JsonObject record = new JsonObject(record(event));
            assertThat(record.fieldNames())
                    .filteredOn(name -> !OF_THE_SPECIFICATION.contains(name))
                    .containsExactlyInAnyOrder("sequence", "previoushash")
                    .allSatisfy(name -> assertThat(name).matches(ATTRIBUTE))
                    .allSatisfy(name -> assertThat(record.getValue(name)).isInstanceOf(String.class));
        }
    }

    @Test
    void theSchemaFindsWhatIsNone() {
        String good = record(EventSamples.requested(new CommandId("k7m2pq")));
        assertThat(complaints(changed(good, "specversion", "0.3"))).isNotEmpty();
        assertThat(complaints(changed(good, "id", ""))).isNotEmpty();
        assertThat(complaints(changed(good, "time", "yesterday"))).isNotEmpty();
        assertThat(complaints(changed(good, "source", "no reference at all"))).isNotEmpty();
        for (String required : List.of("specversion", "id", "source", "type")) {
            JsonObject lacking = new JsonObject(good);
            lacking.remove(required);
            assertThat(complaints(lacking.encode())).as(required).isNotEmpty();
        }
    }

    private static String changed(String record, String name, String value) {
        return new JsonObject(record).put(name, value).encode();
    }

    private static String record(Event event) {
        return new Envelope(URI.create("signalbox://deploy1"))
                .seal(new OutboxEntry(17, EventJson.write(event).encode()), "9f".repeat(32))
                .text();
    }

    private Set<ValidationMessage> complaints(String record) {
        return schema.validate(
                record,
                InputFormat.JSON,
                context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private static JsonSchema schema() {
        try (InputStream text = Objects.requireNonNull(
                CloudEventsSchemaTest.class.getResourceAsStream("cloudevents-1.0.schema.json"))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
