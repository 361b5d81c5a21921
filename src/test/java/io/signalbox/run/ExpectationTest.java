package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    @Test
    void isTheMedianOfWhatCanBeRead() {
        Expectation expected =
                Expectation.of(List.of("60000 12", "1000 1", "nonsense", "61000 12", "9000000 12", "58000 13"));

        assertThat(expected).isEqualTo(new Expectation(Duration.ofSeconds(60), 12));
        assertThat(expected.left(Duration.ofSeconds(20))).contains(Duration.ofSeconds(40));
    }

    @Test
    void saysNothingOfARunThatTakesLongerThanOthersDid() {
        assertThat(new Expectation(Duration.ofSeconds(60), 12).left(Duration.ofSeconds(61)))
                .isEmpty();
        assertThat(Expectation.of(List.of()).left(Duration.ZERO)).isEmpty();
    }
}
