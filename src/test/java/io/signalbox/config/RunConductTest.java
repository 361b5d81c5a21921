package io.signalbox.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunConductTest {
    @TempDir
    Path folder;

    @Test
    void whatIsNotSetHasASaneSize() throws IOException {
        assertThat(read()).isEqualTo(RunConduct.standard());
        assertThat(RunConduct.standard().socket()).isEmpty();
        assertThat(RunConduct.standard().keepBytes()).isEqualTo(5_368_709_120L);
    }

    @Test
    void everythingCanBeSet() throws IOException {
        assertThat(read(
                        "run.at-once=3",
                        "run.at-once-per-environment=2",
                        "run.output-size=5m",
                        "run.keep=30d",
                        "run.keep-size=2g"))
                .isEqualTo(new RunConduct(Optional.empty(), 3, 2, 5 << 20, Duration.ofDays(30), 2L << 30));
    }

    @Test
    void everyMistakeIsToldWithWhatWouldBeRight() {
        assertThat(catchThrowableOfType(
                                BadSettings.class,
                                () -> read(
                                        "run.at-once=0",
                                        "run.at-once-per-environment=few",
                                        "run.output-size=5",
                                        "run.keep=2h",
                                        "run.keep-size=1k"))
                        .mistakes())
                .containsExactlyInAnyOrder(
                        "run.at-once (--set run.at-once): '0' is not a number from 1 to 1000",
                        "run.at-once-per-environment (--set run.at-once-per-environment): 'few' is not a number from 1 to"
                                + " 1000",
                        "run.output-size (--set run.output-size): '5' is not a size: a number and k, m or g, as in 512k,"
                                + " 100m or 5g",
                        "run.keep (--set run.keep): '2h' is not a number of days, as in 90d",
                        "run.keep-size (--set run.keep-size): is to be 1m at least, not 1k");
    }

    @Test
    void aSocketThatTheKernelWouldNotTakeIsRefused() {
        Path longest = Path.of("/" + "x".repeat(106));
        assertThat(RunConduct.standard().by(longest).socket()).contains(longest);
        assertThatThrownBy(() -> RunConduct.standard().by(Path.of("/" + "x".repeat(107))))
                .hasMessage("run.socket: the path has 108 bytes and a socket's may have 107; choose a shorter one");
    }

    private RunConduct read(String... settings) throws IOException {
        Files.createDirectories(folder.resolve("code/commands"));
        return SettingsReader.read(
                        List.of(),
                        Map.of(),
                        Stream.concat(
                                        Stream.of("code=" + folder.resolve("code"), "python=/usr/bin/python3"),
                                        Stream.of(settings))
                                .toList())
                .conduct();
    }
}
