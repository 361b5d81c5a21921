package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.Kind;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/audit.md shows each event as it really is. */
class AuditDocumentTest {
    @Test
    void eachEventHasAnExampleThatIsOne() throws IOException {
        List<String> examples = Files.readAllLines(Path.of("docs/audit.md")).stream()
                .filter(line -> line.startsWith("{\"kind\""))
                .toList();
        assertThat(examples)
                .allSatisfy(example -> assertThat(EventJson.write(EventJson.read(new JsonObject(example)))
                                .encode())
                        .isEqualTo(example));
        assertThat(examples.stream()
                        .map(example -> EventJson.read(new JsonObject(example)))
                        .map(Event::kind))
                .containsExactlyInAnyOrder(Kind.values());
    }
}
