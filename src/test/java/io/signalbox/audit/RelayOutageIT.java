package io.signalbox.audit;

import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.fixture.Child;
import io.signalbox.fixture.LocalKafka;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whatever dies in the middle: in the end the log holds every event once, in order, in an unbroken chain. */
@ExtendWith(NoBlockedThreads.class)
class RelayOutageIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    static final LocalRedis OTHER_REDIS = new LocalRedis();

    @RegisterExtension
    static final LocalKafka KAFKA = LocalKafka.shared();

    // Two seconds are promised; the rest is for a busy machine.
    private static final Duration AT_ONCE = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Log log = new Log(KAFKA);

    @TempDir
    Path folder;

    @Test
    void aStoppedKafkaClosesTheLogAtOnceAndItOpensAgainByItself() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitAcknowledged(bot.request());
            KAFKA.stop();
            bot.awaitClosed("Kafka at " + KAFKA.brokers() + " does not answer", AT_ONCE);
            long waiting = bot.request();
            assertThat(bot.acknowledged()).isLessThan(waiting);
            assertThat(bot.status()).containsEntry("open", "no");
            KAFKA.start();
            bot.awaitAcknowledged(waiting);
            bot.awaitOpen();
            assertComplete(waiting);
        }
    }

    @Test
    void aKafkaThatHangsClosesTheLogAtOnce() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitAcknowledged(bot.request());
            bot.awaitOpen();
            KAFKA.freeze();
            bot.request();
            bot.awaitClosed("does not answer", AT_ONCE);
            long last = bot.request();
            KAFKA.thaw();
            bot.awaitAcknowledged(last);
            assertComplete(last);
        }
    }

    @Test
    void killsOfKafkaInTheMiddleLoseNothingAndRepeatNothing() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitAcknowledged(request(bot, 50));
            request(bot, 100);
            KAFKA.kill();
            request(bot, 100);
            KAFKA.start();
            long last = request(bot, 100);
            bot.awaitAcknowledged(last);
            assertComplete(last);
        }
    }

    @Test
    void killsOfTheRelayInTheMiddleLoseNothingAndRepeatNothing() throws Exception {
        try (Bot bot = new Bot(REDIS)) {
            for (int round = 1; round <= 3; round++) {
                Child relay = relay();
                long begun = request(bot, 20);
                until("the relay works", SOON, () -> bot.acknowledged() >= begun);
                request(bot, 150);
                relay.kill();
                request(bot, 20);
            }
            assertThat(bot.outboxIsEmpty()).isFalse();
            bot.deploy(log.settings());
            long last = request(bot, 10);
            bot.awaitAcknowledged(last);
            assertComplete(last);
        }
    }

    @Test
    void aKillOfRedisInTheMiddleLosesNothingAndRepeatsNothing() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitOpen();
            request(bot, 100);
            REDIS.kill();
            REDIS.start();
            long last = request(bot, 50);
            bot.awaitAcknowledged(last);
            assertComplete(last);
        }
    }

    @Test
    void aRelayThatWasReplacedNeverWritesAgainAndSaysSo() throws Exception {
        try (Bot first = Bot.recording(REDIS, log.settings())) {
            first.awaitAcknowledged(first.request());
            first.awaitOpen();
            String firstRelay = first.status().get("relay");
            try (Bot second = Bot.recording(REDIS, log.settings())) {
                until("the second one has the right to write", SOON, () -> {
                    var status = second.status();
                    return "yes".equals(status.get("open")) && !Objects.equals(firstRelay, status.get("relay"));
                });
                long last = request(first, 30);
                second.awaitAcknowledged(last);
                assertThat(second.status()).containsEntry("open", "yes");
            }
            first.awaitClosed("another bot writes the audit log", SOON);
            long unrecorded = first.request();
            first.awaitClosed("another bot writes the audit log", SOON);
            assertThat(first.acknowledged()).isLessThan(unrecorded);
            assertComplete(unrecorded - 1);
        }
    }

    @Test
    void aBotWithAnotherBrainDoesNotTakeTheLogAway() throws Exception {
        try (Bot owner = Bot.recording(REDIS, log.settings())) {
            owner.awaitAcknowledged(owner.request());
            try (Bot stranger = Bot.recording(OTHER_REDIS, log.settings())) {
                stranger.awaitClosed("it does not know record 1", SOON);
                long last = owner.request();
                owner.awaitAcknowledged(last);
                assertComplete(last);
            }
            assertThat(owner.status()).containsEntry("open", "yes");
        }
    }

    private Child relay() throws Exception {
        Path passwords = Files.writeString(
                folder.resolve("passwords"),
                REDIS.password().reveal() + "\n" + KAFKA.botPassword().reveal() + "\n");
        return Child.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayProgram.class.getName(),
                        REDIS.uri(),
                        KAFKA.brokers(),
                        KAFKA.topic(),
                        passwords.toString()),
                folder.resolve("relay.log"));
    }

    private static long request(Bot bot, int times) {
        long last = 0;
        for (int time = 0; time < times; time++) {
            last = bot.request();
        }
        return last;
    }

    /** Kafka acknowledges a transaction shortly before readers see it. */
    private void assertComplete(long last) throws Exception {
        until("the log shows record " + last, SOON, () -> log.verified().size() >= last);
        assertThat(log.verified())
                .extracting(Entry::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, last).boxed().toList());
    }
}
