package io.signalbox.update;

import static io.signalbox.fixture.Eventually.result;
import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.fixture.Logged;
import io.signalbox.fixture.TestClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UpdateStageTest {
    private static final String OLD = "0".repeat(39) + "1";
    private static final String NEW = "0".repeat(39) + "2";
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T07:00:00Z"));
    private final AtomicInteger left = new AtomicInteger();
    private Playbooks playbooks;

    @BeforeEach
    void twoReleases() throws IOException, BadCatalog {
        for (String commit : new String[] {OLD, NEW}) {
            Files.createDirectories(folder.resolve("releases").resolve(commit).resolve(".signalbox/app"));
        }
        switchTo(NEW);
        playbooks = OwnCatalog.in(Files.createDirectories(folder.resolve("playbooks")), "own.first")
                .playbooks();
    }

    @AfterEach
    void close() {
        result(vertx.close());
    }

    @Test
    void leavesOnceWhenAnotherReleaseIsInUse() throws Exception {
        deploy();
        untilLooked(3);
        assertThat(left).hasValue(0);
        switchTo(OLD);
        until("it leaves", SOON, () -> left.get() == 1);
        // Nothing looks any more.
        untilLooked(3);
        assertThat(left).hasValue(1);
    }

    @Test
    void leavesAtOnceWhereItWasReplacedWhileItStarted() throws Exception {
        Installed installed = installed();
        switchTo(OLD);
        result(vertx.deployVerticle(new UpdateStage(installed, playbooks, folder, clock, left::incrementAndGet, LOOK)));
        until("it leaves", SOON, () -> left.get() == 1);
    }

    @Test
    void aTrialIsOverAfterAMinuteAndNotBefore() throws Exception {
        Path trial = trial(NEW);
        deploy();
        clock.move(UpdateStage.PROVEN.minusMillis(1));
        untilLooked(3);
        assertThat(trial).exists();
        clock.move(Duration.ofMillis(1));
        until("the trial is over", SOON, () -> !Files.exists(trial));
        assertThat(left).hasValue(0);
    }

    @Test
    void theTrialOfAnotherReleaseIsNotItsToEnd() throws Exception {
        Path trial = trial(OLD);
        deploy();
        clock.move(UpdateStage.PROVEN);
        untilLooked(3);
        assertThat(trial).exists();
    }

    @Test
    void aTrialThatBeginsLaterIsNotEndedByWhatItHadServedBefore() throws Exception {
        deploy();
        clock.move(UpdateStage.PROVEN);
        untilLooked(3);
        Path trial = trial(NEW);
        untilLooked(3);
        assertThat(trial).exists();
    }

    @Test
    void aReplacedReleaseVouchesForNothing() throws Exception {
        Path trial = trial(NEW);
        Installed installed = installed();
        switchTo(OLD);
        clock.move(UpdateStage.PROVEN);
        result(vertx.deployVerticle(new UpdateStage(installed, playbooks, folder, clock, left::incrementAndGet, LOOK)));
        until("it leaves", SOON, () -> left.get() == 1);
        assertThat(trial).exists();
    }

    @Test
    void aLinkThatNamesNothingIsToldOnceAndTheBotGoesOn() throws Exception {
        deploy();
        try (Logged log = new Logged(UpdateStage.class)) {
            Files.delete(folder.resolve("current"));
            until("it is told", SOON, () -> log.count(Level.ERROR) == 1);
            untilLooked(3);
            assertThat(log.count(Level.ERROR)).isEqualTo(1);
            assertThat(left).hasValue(0);
            switchTo(OLD);
            until("it leaves", SOON, () -> left.get() == 1);
        }
    }

    @Test
    void aDamagedTrialIsToldAndStays() throws Exception {
        Path trial = Files.writeString(folder.resolve("trial"), "{\"from\"");
        deploy();
        try (Logged log = new Logged(UpdateStage.class)) {
            clock.move(UpdateStage.PROVEN);
            until("it is told", SOON, () -> log.count(Level.ERROR) == 1);
            assertThat(trial).exists();
        }
    }

    @Test
    void whatWasNotStartedFromAReleaseIsToldWhatToDo() {
        assertThatThrownBy(() -> Installed.of(folder.resolve("current"), folder))
                .hasMessageContaining("this one was started from " + folder)
                .hasMessageContaining("start it by " + folder.resolve("current"));
    }

    private void deploy() throws IOException {
        result(vertx.deployVerticle(
                new UpdateStage(installed(), playbooks, folder, clock, left::incrementAndGet, LOOK)));
    }

    private Installed installed() throws IOException {
        Path code = folder.resolve("current/.signalbox/app");
        Installed installed = Installed.of(folder.resolve("current"), code);
        assertThat(installed.commit()).isEqualTo(NEW);
        return installed;
    }

    /** A look takes a fraction of what it waits for the next one. */
    private void untilLooked(int times) {
        result(vertx.timer(LOOK.multipliedBy(10L * times).toMillis()));
    }

    private Path trial(String to) throws IOException {
        return Files.writeString(
                folder.resolve("trial"), "{\"from\": \"x\", \"to\": \"" + to + "\", \"failures\": 0}\n");
    }

    private void switchTo(String commit) throws IOException {
        Path fresh = folder.resolve("current.new");
        Files.createSymbolicLink(fresh, Path.of("releases").resolve(commit));
        Files.move(fresh, folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
    }
}
