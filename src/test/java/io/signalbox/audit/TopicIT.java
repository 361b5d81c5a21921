package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.config.KafkaSettings;
import io.signalbox.fixture.LocalKafka;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The topic that is made, and those that are refused because they could lose what was written. */
@ExtendWith(NoBlockedThreads.class)
class TopicIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    static final LocalKafka KAFKA = LocalKafka.shared();

    private static final Duration SOON = Duration.ofSeconds(15);

    private final Log log = new Log(KAFKA);

    @Test
    void theTopicItMakesKeepsEveryRecord() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings());
                Admin admin = Admin.create(KAFKA.client("ops"))) {
            bot.awaitOpen();
            new Topic(admin, log.settings()).requireSafe();
        }
    }

    @Test
    void refusesATopicOfSeveralPartitions() throws Exception {
        create(3, Map.of("retention.ms", "-1"));
        assertClosed("has 3 partitions");
    }

    @Test
    void refusesATopicThatForgets() throws Exception {
        create(1, Map.of());
        assertClosed("has retention.ms=604800000, which removes records: set it to -1");
    }

    @Test
    void refusesATopicThatIsCompacted() throws Exception {
        create(1, Map.of("retention.ms", "-1", "cleanup.policy", "compact"));
        assertClosed("has cleanup.policy=compact");
    }

    @Test
    void refusesATopicThatMightNotTakeARecord() throws Exception {
        create(1, Map.of("retention.ms", "-1", "max.message.bytes", "500000"));
        assertClosed("has max.message.bytes=500000, which a record may exceed: set it to 1048576 or more");
    }

    @Test
    void refusesATopicWhoseLeaderMayHaveLessThanWasAcknowledged() throws Exception {
        create(1, Map.of("retention.ms", "-1", "unclean.leader.election.enable", "true"));
        assertClosed("has unclean.leader.election.enable=true, which loses what was acknowledged");
    }

    @Test
    void refusesATopicThatIsNotOnTheOnlyDiskWhenItIsAcknowledged() throws Exception {
        create(1, Map.of("retention.ms", "-1", "flush.messages", "1000"));
        assertClosed("has flush.messages=1000, which loses what was acknowledged when the only machine");
    }

    @Test
    void takesATopicThatForgetsWhereThatWasAskedForAndNotSooner() throws Exception {
        create(1, Map.of("retention.ms", days(99)));
        assertClosed(
                "has retention.ms=" + days(99) + ", which removes records before the time of kafka.retention", 100);
        try (Bot bot = Bot.recording(REDIS, keeping(99))) {
            bot.awaitOpen();
        }
    }

    private static String days(int days) {
        return Long.toString(Duration.ofDays(days).toMillis());
    }

    private KafkaSettings keeping(int days) {
        KafkaSettings usual = log.settings();
        return new KafkaSettings(
                usual.brokers(), usual.topic(), usual.security(), usual.login(), Optional.of(Duration.ofDays(days)));
    }

    private void assertClosed(String reason) throws Exception {
        assertClosed(reason, log.settings());
    }

    private void assertClosed(String reason, int days) throws Exception {
        assertClosed(reason, keeping(days));
    }

    private void assertClosed(String reason, KafkaSettings settings) throws Exception {
        try (Bot bot = Bot.recording(REDIS, settings)) {
            bot.request();
            bot.awaitClosed(reason, SOON);
            assertThat(bot.outboxIsEmpty()).isFalse();
        }
    }

    private static void create(int partitions, Map<String, String> configs) throws Exception {
        try (Admin admin = Admin.create(KAFKA.client("bot"))) {
            admin.createTopics(List.of(new NewTopic(KAFKA.topic(), partitions, (short) 1).configs(configs)))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }
    }
}
