package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.OutboxEntry;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.signalbox.config.KafkaSettings;
import io.signalbox.fixture.LocalKafka;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TailIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    static final LocalKafka KAFKA = LocalKafka.shared();

    private static final CommandId FIRST = new CommandId("aaaaaa");
    private static final CommandId SECOND = new CommandId("bbbbbb");

    private static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");

    private static final Tail.Wish EVERYTHING = new Tail.Wish(false, false, Criteria.NONE);

    private final Log log = new Log(KAFKA);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void printsALineForEachRecord() throws Exception {
        record();
        assertThat(print(log.readOnly(), EVERYTHING)).isZero();
        assertThat(lines())
                .containsExactly(
                        "2026-11-21T10:15:30Z aaaaaa anna Requested deploy backend production",
                        "2026-11-21T10:15:30Z bbbbbb anna Requested deploy backend production",
                        "2026-11-21T10:15:30Z aaaaaa anna Understood deploy backend/main to production");
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void printsOneCommandOnly() throws Exception {
        record();
        print(log.readOnly(), new Tail.Wish(false, false, of(SECOND)));
        assertThat(lines()).singleElement().asString().contains("bbbbbb");
    }

    @Test
    void printsTheRecordsAsTheyAre() throws Exception {
        record();
        print(log.readOnly(), new Tail.Wish(false, true, of(FIRST)));
        assertThat(lines()).hasSize(2);
        assertThat(new JsonObject(lines().get(0)).getString("type")).isEqualTo("io.signalbox.requested");
    }

    @Test
    void goesOnWithWhatComes() throws Exception {
        record();
        var wish = new Tail.Wish(true, false, Criteria.NONE);
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            var more = new boolean[1];
            new Tail(log.readOnly(), stream(out), stream(errors)).print(wish, () -> {
                if (lines().size() == 3 && !more[0]) {
                    more[0] = true;
                    bot.request();
                }
                return lines().size() == 4;
            });
        }
        assertThat(lines()).hasSize(4);
    }

    @Test
    void saysWhereTheChainIsBroken() throws Exception {
        record();
        try (KafkaProducer<String, String> forger =
                new KafkaProducer<>(KAFKA.client("bot"), new StringSerializer(), new StringSerializer())) {
            forger.send(new ProducerRecord<>(KAFKA.topic(), "x", "forged")).get(10, TimeUnit.SECONDS);
        }
        assertThat(print(log.readOnly(), EVERYTHING)).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("The chain is broken: offset ")
                .contains("it is no record of Signalbox");
        assertThat(lines()).hasSize(3);
    }

    @Test
    void showsADamagedRecordAsSuchAndGoesOn() throws Exception {
        record();
        JsonObject noReason =
                EventJson.write(new Event.Finished(FIRST, AT, Outcome.SUCCEEDED, 0, "done", new TreeMap<>(), null));
        noReason.remove("reason");
        JsonObject shortDigest =
                EventJson.write(new Event.ApprovalGiven(FIRST, AT, new Person("play:carla", "carla"), "abc"));
        Envelope envelope = new Envelope(URI.create("forger"));
        try (KafkaProducer<String, String> forger =
                new KafkaProducer<>(KAFKA.client("bot"), new StringSerializer(), new StringSerializer())) {
            for (JsonObject event : List.of(noReason, shortDigest, EventJson.write(EventSamples.understood(SECOND)))) {
                Envelope.Sealed record = envelope.seal(new OutboxEntry(9, event.encode()), "0".repeat(64));
                forger.send(new ProducerRecord<>(KAFKA.topic(), record.key(), record.text()))
                        .get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(print(log.readOnly(), EVERYTHING)).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains(": the record is damaged (");
        assertThat(lines().subList(3, 6))
                .containsExactly(
                        "2026-11-21T10:15:30Z aaaaaa - Finished (damaged)",
                        "2026-11-21T10:15:30Z aaaaaa - ApprovalGiven (damaged)",
                        "2026-11-21T10:15:30Z bbbbbb anna Understood deploy backend/main to production");
    }

    @Test
    void saysThatKafkaDoesNotAnswer() {
        KAFKA.stop();
        assertThat(print(log.readOnly(), EVERYTHING)).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("Kafka at " + KAFKA.brokers() + " does not answer");
    }

    @Test
    void saysThatTheTopicIsNotThere() {
        assertThat(print(log.readOnly(), EVERYTHING)).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains(KAFKA.topic());
    }

    private static Criteria of(CommandId id) {
        return new Criteria(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void record() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.commit(EventSamples.requested(FIRST));
            bot.commit(EventSamples.requested(SECOND));
            bot.awaitAcknowledged(bot.commit(EventSamples.understood(FIRST)));
        }
    }

    private int print(KafkaSettings settings, Tail.Wish wish) {
        return new Tail(settings, stream(out), stream(errors)).print(wish);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
