package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Instruction;
import io.signalbox.fixture.LocalKafka;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VerifyIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    static final LocalKafka KAFKA = LocalKafka.shared();

    @RegisterExtension
    final NoBlockedThreads threads = new NoBlockedThreads();

    private static final CommandId ASKED = new CommandId("aaaaaa");
    private static final CommandId WORD = new CommandId("bbbbbb");

    private final Log log = new Log(KAFKA);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void aLogThatIsAsItWasWrittenAndAsTheBrainNotedItIsWhole() throws Exception {
        Head head = record();
        assertThat(verify(List.of(head))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "The chain is whole: 2 records, 1 to 2, the last is " + head.brief() + ".",
                        "It holds what was noted elsewhere: " + head.brief() + ".");
    }

    @Test
    void withoutAnythingNotedItSaysThatNothingVouchesForItsEnd() throws Exception {
        record();
        assertThat(verify(List.of())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Nothing outside of it vouches for its end");
    }

    @Test
    void aCopyOfARecordIsFoundAndNamed() throws Exception {
        record();
        send(log.verified().get(0).text());
        assertThat(verify(List.of())).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("a record was inserted that calls itself 1");
    }

    @Test
    void whatIsNoRecordIsFoundAndNamed() throws Exception {
        record();
        send("forged");
        assertThat(verify(List.of())).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("stands something else: it is no record of Signalbox");
    }

    @Test
    void recordsThatWereNotedAndAreNotThereWereCutOff() throws Exception {
        record();
        assertThat(verify(List.of(Head.noted("4:0123456789ab")))).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("records 3 to 4 were cut off at the end");
    }

    @Test
    void inChatItIsAnsweredByTheSameReading() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitAcknowledged(bot.commit(EventSamples.requested(ASKED)));
            assertThat(bot.said(WORD, new Instruction("audit-verify", "audit verify", Map.of())))
                    .startsWith("The chain is whole: ")
                    .contains("It holds what was noted elsewhere: ");
        }
    }

    @Test
    void theLifeOfACommandIsToldInChatAndToTheShell() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.awaitAcknowledged(bot.commit(EventSamples.requested(ASKED)));
            String told =
                    bot.said(WORD, new Instruction("audit-show", "audit show aaaaaa", Map.of("id", ASKED.value())));
            assertThat(told).contains("#1 anna (play:anna), because of abc234 in play:ops: deploy backend production");
            assertThat(new Show(log.readOnly(), stream(out), stream(errors)).print(ASKED))
                    .isZero();
            assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo(told);
        }
    }

    @Test
    void ofACommandThatNobodyGaveThatIsSaid() throws Exception {
        record();
        assertThat(new Show(log.readOnly(), stream(out), stream(errors)).print(WORD))
                .isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("no record of bbbbbb");
    }

    /** The head that the brain was told of. */
    private Head record() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            bot.commit(EventSamples.requested(ASKED));
            bot.awaitAcknowledged(bot.commit(EventSamples.understood(ASKED)));
            return bot.anchors(KAFKA.topic()).get(0);
        }
    }

    private static void send(String text) throws Exception {
        try (KafkaProducer<String, String> forger =
                new KafkaProducer<>(KAFKA.client("bot"), new StringSerializer(), new StringSerializer())) {
            forger.send(new ProducerRecord<>(KAFKA.topic(), "x", text)).get(10, TimeUnit.SECONDS);
        }
    }

    private int verify(List<Head> anchors) {
        return new Verify(log.readOnly(), stream(out), stream(errors)).print(anchors);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
