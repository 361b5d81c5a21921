package io.signalbox.audit;

import io.signalbox.config.KafkaSettings;
import io.signalbox.config.Secret;
import io.signalbox.fixture.LocalKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A test's topic, read as an auditor would: by the account that only reads, committed records, from the beginning. */
final class Log {
    private final LocalKafka kafka;

    Log(LocalKafka kafka) {
        this.kafka = kafka;
    }

    KafkaSettings settings() {
        return settings("bot", kafka.botPassword());
    }

    KafkaSettings readOnly() {
        return settings("ops", kafka.opsPassword());
    }

    private KafkaSettings settings(String user, Secret password) {
        return new KafkaSettings(
                kafka.brokers(),
                kafka.topic(),
                KafkaSettings.Security.SASL_PLAINTEXT,
                Optional.of(new KafkaSettings.Login(user, password)));
    }

    /** All records; throws {@link BrokenChain} where one does not follow the one before it. */
    List<Entry> verified() {
        List<Entry> entries = new ArrayList<>();
        try (LogReader reader = new LogReader(new Clients(readOnly()))) {
            reader.seekToBegin();
            long end = reader.end();
            while (!reader.isAt(end)) {
                reader.next().forEach(record -> entries.add(Envelope.open(record.value())));
            }
        }
        Head head = Head.START;
        for (Entry entry : entries) {
            head = Chain.follow(head, entry);
        }
        return entries;
    }
}
