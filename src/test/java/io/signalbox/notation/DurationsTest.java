package io.signalbox.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void readsWhatPeopleWrite() {
        assertThat(Durations.read("20s")).contains(Duration.ofSeconds(20));
        assertThat(Durations.read("5m")).contains(Duration.ofMinutes(5));
        assertThat(Durations.read("2h")).contains(Duration.ofHours(2));
    }

    @Test
    void takesNothingElse() {
        for (String text : List.of("", "5", "m", "0s", "-5m", "5 m", "5M", "1h30m", "5d", "1.5h", "٥m", "9999999s")) {
            assertThat(Durations.read(text)).as(text).isEmpty();
        }
    }

    @Test
    void writesTheShortestFormThatItReads() {
        for (String text : List.of("90s", "5m", "2h", "90m")) {
            assertThat(Durations.write(Durations.read(text).orElseThrow())).isEqualTo(text);
        }
    }
}
