package io.signalbox.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("deploy", "swap", "staging", "production");

    @Test
    void findsSlipsOfTheFingers() {
        assertThat(Nearest.to("deplyo", KNOWN)).contains("deploy");
        assertThat(Nearest.to("SWAP", KNOWN)).contains("swap");
        assertThat(Nearest.to("stagin", KNOWN)).contains("staging");
        assertThat(Nearest.to("pruduciton", KNOWN)).contains("production");
    }

    @Test
    void findsNothingWhereNothingIsNear() {
        assertThat(Nearest.to("rollback", KNOWN)).isEmpty();
        assertThat(Nearest.to("x", KNOWN)).isEmpty();
        assertThat(Nearest.to("deploy", List.of())).isEmpty();
        assertThat(Nearest.hint("rollback", KNOWN)).isEmpty();
        assertThat(Nearest.hint("swop", KNOWN)).isEqualTo("; did you mean 'swap'?");
    }

    @Test
    void countsASwapOfNeighboursAsOneStep() {
        assertThat(Nearest.distance("deplyo", "deploy")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("abc", "abc")).isZero();
        assertThat(Nearest.distance("abc", "xbz")).isEqualTo(2);
    }
}
