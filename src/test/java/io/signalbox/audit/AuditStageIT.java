package io.signalbox.audit;

import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Signal;
import io.signalbox.fixture.LocalKafka;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The relay while nothing dies: what it records, and what it refuses to write to. */
@ExtendWith(NoBlockedThreads.class)
class AuditStageIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    static final LocalKafka KAFKA = LocalKafka.shared();

    private static final Duration SOON = Duration.ofSeconds(15);

    private final Log log = new Log(KAFKA);

    @Test
    void recordsEachEventInTheOrderOfItsNumber() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            var told = new CopyOnWriteArrayList<Long>();
            bot.events().on(Signal.Recorded.class, signal -> told.add(signal.upTo()));
            bot.awaitOpen();
            CommandId id = CommandId.fresh();
            bot.commit(EventSamples.requested(id));
            long last = bot.commit(EventSamples.understood(id));
            bot.awaitAcknowledged(last);
            until("told", SOON, () -> told.contains(last));
            assertThat(bot.outboxIsEmpty()).isTrue();
            assertThat(told).isSorted();
        }
        assertThat(log.verified())
                .extracting(entry -> entry.event().kind().title())
                .containsExactly("Requested", "Understood");
    }

    @Test
    void recordsWhatWasCommittedBeforeItStarted() throws Exception {
        try (Bot bot = new Bot(REDIS)) {
            for (int request = 0; request < 450; request++) {
                bot.request();
            }
            bot.deploy(log.settings());
            bot.awaitAcknowledged(450);
        }
        assertThat(log.verified()).hasSize(450);
    }

    @Test
    void goesOnWhereTheBotBeforeItEnded() throws Exception {
        for (int start = 1; start <= 3; start++) {
            try (Bot bot = Bot.recording(REDIS, log.settings())) {
                bot.awaitAcknowledged(bot.request());
            }
        }
        assertThat(log.verified()).extracting(Entry::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void saysAtItsStopThatItIsClosed() throws Exception {
        try (Bot witness = new Bot(REDIS)) {
            try (Bot bot = Bot.recording(REDIS, log.settings())) {
                bot.awaitOpen();
            }
            assertThat(witness.status()).containsEntry("open", "no").containsEntry("reason", "the bot was stopped");
            until("forgotten", Duration.ofSeconds(8), () -> witness.status().isEmpty());
        }
    }

    @Test
    void refusesALogThatKnowsMoreThanTheBrain() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.request();
            bot.request();
            bot.awaitAcknowledged(bot.request());
        }
        REDIS.tell("FLUSHALL");
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitClosed("it does not know records 1 to 3", SOON);
            bot.request();
            bot.awaitClosed("it does not know records 2 to 3", SOON);
            assertThat(bot.outboxIsEmpty()).isFalse();
        }
        assertThat(log.verified()).hasSize(3);
    }

    @Test
    void noticesABrainThatIsReplacedUnderIt() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.request();
            bot.awaitAcknowledged(bot.request());
            REDIS.tell("FLUSHALL");
            bot.request();
            bot.awaitClosed("it does not know record 2", SOON);
            assertThat(bot.acknowledged()).isZero();
        }
        assertThat(log.verified()).hasSize(2);
    }

    @Test
    void refusesATopicThatLostWhatItHadAcknowledged() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitAcknowledged(bot.request());
        }
        REDIS.tell("HSET", "sb:audit:head", "sequence", "5");
        REDIS.tell("SET", "sb:seq", "5");
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitClosed("records 2 to 5 gone", SOON);
        }
    }

    @Test
    void refusesARecordThatIsNotTheOneItWrote() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitAcknowledged(bot.request());
        }
        REDIS.tell("HSET", "sb:audit:head", "hash", "0".repeat(64));
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitClosed("is not the one that was acknowledged", SOON);
        }
    }

    @Test
    void aNewTopicGoesOnWhereTheOldOneEnded() throws Exception {
        REDIS.tell("SET", "sb:seq", "7");
        REDIS.tell("HSET", "sb:audit:head", "topic", "old", "sequence", "7", "hash", "ab".repeat(32));
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitAcknowledged(bot.request());
        }
        try (LogReader reader = new LogReader(new Clients(log.readOnly()))) {
            Entry first = Envelope.open(reader.last().orElseThrow().value());
            assertThat(first.sequence()).isEqualTo(8);
            assertThat(first.previousHash()).isEqualTo("ab".repeat(32));
        }
    }

    @Test
    void anAccountThatMayNotWriteIsNamed() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.readOnly())) {
            bot.awaitClosed("does not allow 'ops'", SOON);
        }
    }
}
