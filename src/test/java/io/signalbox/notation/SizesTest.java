package io.signalbox.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SizesTest {
    @Test
    void readsWhatItWrites() {
        for (String text : List.of("1k", "1023k", "1m", "100m", "5g", "2000g")) {
            assertThat(Sizes.write(Sizes.read(text).orElseThrow())).isEqualTo(text);
        }
        assertThat(Sizes.read("5g")).hasValue(5_368_709_120L);
        assertThat(Sizes.write(Sizes.read("1024k").orElseThrow())).isEqualTo("1m");
    }

    @Test
    void refusesWhatIsNone() {
        for (String text : List.of("", "5", "g", "5G", "5 g", "1.5g", "-1m", "1234567g", "5t")) {
            assertThat(Sizes.read(text)).as(text).isEqualTo(OptionalLong.empty());
        }
    }
}
