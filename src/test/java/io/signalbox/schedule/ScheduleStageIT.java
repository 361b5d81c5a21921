package io.signalbox.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CronLine;
import io.signalbox.catalog.PolicySpec;
import io.signalbox.fixture.Eventually;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import io.signalbox.fixture.TestClock;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A line that is said at seven each morning in Berlin; it is five to, on a Monday. */
@Timeout(60)
class ScheduleStageIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    @RegisterExtension
    final NoBlockedThreads threads = new NoBlockedThreads();

    private static final Instant FIVE_TO = Instant.parse("2026-11-23T05:55:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestClock clock = new TestClock(FIVE_TO);
    private final Vertx vertx = Vertx.vertx();
    private final Brain brain = REDIS.brain(vertx, new Events(vertx.eventBus()), clock);
    private volatile CronLine line = line("0 7 * * *");

    private static CronLine line(String cron) {
        return new CronLine("nightly", cron, ZoneId.of("Europe/Berlin"), "deploy backend to staging", "play:ops");
    }

    @AfterEach
    void end() {
        Eventually.result(vertx.close());
    }

    private String deploy() {
        return Eventually.result(vertx.deployVerticle(new ScheduleStage(
                brain,
                clock,
                () -> new Catalog(Map.of(), Map.of(), Map.of("nightly", line), List.of(), PolicySpec.NONE, ""))));
    }

    private void untilNoted() throws Exception {
        Eventually.until(
                "the line is looked at",
                PATIENCE,
                () -> !REDIS.tell("GET", "sb:schedule:said:nightly").isEmpty());
    }

    private List<Story> said() {
        return Eventually.result(brain.in(Kind.REQUESTED).compose(brain::stories));
    }

    private void untilSaid(int times) throws Exception {
        Eventually.until("it is said " + times + " times", PATIENCE, () -> said().size() == times);
    }

    private void sweeps() {
        Eventually.result(vertx.timer(Inbox.SWEEP.toMillis() * 2, TimeUnit.MILLISECONDS));
    }

    @Test
    void itIsSaidAtItsTimeAsAPersonWouldAndOnceByHoweverManyBots() throws Exception {
        deploy();
        untilNoted();
        sweeps();
        assertThat(said()).isEmpty();
        deploy();
        clock.move(Duration.ofMinutes(5));
        untilSaid(1);
        sweeps();
        assertThat(said()).hasSize(1);
        Event.Requested requested = said().get(0).requested();
        assertThat(requested.by()).isEqualTo(new Person("schedule:nightly", "nightly"));
        assertThat(requested.room()).isEqualTo(new Room("play:ops"));
        assertThat(requested.text()).isEqualTo("deploy backend to staging");
        assertThat(requested.because()).isNull();
        clock.move(Duration.ofHours(24));
        untilSaid(2);
    }

    @Test
    void aBotThatIsBackInTimeStillSaysIt() throws Exception {
        String bot = deploy();
        untilNoted();
        Eventually.result(vertx.undeploy(bot));
        clock.move(Duration.ofMinutes(5).plus(Story.TIMELY));
        deploy();
        untilSaid(1);
    }

    @Test
    void whatWasMissedIsToldOnceAndNotMadeUpFor() throws Exception {
        String bot = deploy();
        untilNoted();
        Eventually.result(vertx.undeploy(bot));
        clock.move(Duration.ofDays(3));
        deploy();
        Eventually.until("it is told", PATIENCE, () -> !told().isEmpty());
        sweeps();
        assertThat(said()).isEmpty();
        assertThat(told()).hasSize(1);
        Event.Refused refused = (Event.Refused) told().get(0).last();
        assertThat(refused.code()).isEqualTo("missed");
        assertThat(refused.reason()).contains("was due by the schedule nightly at 2026-11-23 07:00 Europe/Berlin");
    }

    private List<Story> told() {
        return Eventually.result(brain.untold().compose(brain::stories)).stream()
                .filter(story -> story.state() == Kind.REFUSED)
                .toList();
    }

    @Test
    void aLineThatWasChangedBeginsAnew() throws Exception {
        deploy();
        untilNoted();
        clock.move(Duration.ofMinutes(1));
        line = line("55 6 * * *");
        Eventually.until(
                "the new line is noted",
                PATIENCE,
                () -> REDIS.tell("GET", "sb:schedule:said:nightly").contains("55 6"));
        sweeps();
        assertThat(said()).isEmpty();
        assertThat(told()).isEmpty();
    }
}
