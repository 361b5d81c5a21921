package io.signalbox.audit;

import static io.signalbox.fixture.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Kind;
import io.signalbox.fixture.LocalKafka;
import io.signalbox.fixture.LocalRedis;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The result of a run that somebody agreed to carries the end of the log, which proves later that nothing was rewritten. */
class AnchorIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    static final LocalKafka KAFKA = LocalKafka.shared();

    private static final List<Kind> AGREED = List.of(
            Kind.REQUESTED,
            Kind.UNDERSTOOD,
            Kind.APPROVAL_REQUESTED,
            Kind.APPROVAL_GIVEN,
            Kind.ADMITTED,
            Kind.DISPATCHED,
            Kind.STARTED,
            Kind.FINISHED);
    private static final List<Kind> ALONE =
            List.of(Kind.REQUESTED, Kind.UNDERSTOOD, Kind.ADMITTED, Kind.DISPATCHED, Kind.STARTED, Kind.FINISHED);

    private final Log log = new Log(KAFKA);
    private final CommandId id = CommandId.fresh();

    @Test
    void aRunThatNeededAnApprovalGetsTheEndOfTheLogAndIsNewsOnceMore() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            long last = run(bot, AGREED);
            bot.awaitAcknowledged(last);
            Story story = result(bot.brain().story(id)).orElseThrow();
            String anchor = story.anchor().orElseThrow();
            assertThat(anchor).matches(last + ":[0-9a-f]{12}");
            assertThat(REDIS.tell("ZSCORE", "sb:untold", id.value())).isEqualTo(last + ".5");
            assertThat(story.news()).isEqualTo(last + 0.5);
            assertThat(story.sequence()).isEqualTo(last);
            bot.awaitAcknowledged(bot.request());
            assertThat(result(bot.brain().story(id)).orElseThrow().anchor()).contains(anchor);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
            assertThat(new Verify(log.readOnly(), printed, printed).print(List.of(Head.noted(anchor))))
                    .isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("It holds what was noted elsewhere: " + anchor);
        }
    }

    @Test
    void aRunThatNobodyHadToAgreeToGetsNone() throws Exception {
        try (Bot bot = Bot.recording(REDIS, log.settings())) {
            long last = run(bot, ALONE);
            bot.awaitAcknowledged(last);
            assertThat(result(bot.brain().story(id)).orElseThrow().anchor()).isEmpty();
            assertThat(REDIS.tell("ZSCORE", "sb:untold", id.value())).isEqualTo(Long.toString(last));
        }
    }

    private long run(Bot bot, List<Kind> kinds) {
        long last = 0;
        for (Kind kind : kinds) {
            Event event = EventSamples.complete(id).stream()
                    .filter(sample -> sample.kind() == kind)
                    .findFirst()
                    .orElseThrow();
            last = bot.commit(event);
        }
        return last;
    }
}
