package io.signalbox.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void nothingThatATerminalObeysOrThatNobodySeesIsLeft() {
        assertThat(PlainText.line(
                        "a\u001b[31mb\u001b[0m \u001b]0;title\u0007c \u009b31md\u202ee\u2066f\u200bg\r\nh\u2028i"))
                .isEqualTo("ab c 31mdefg h i");
        assertThat(PlainText.lastLines("one\u001b[2J\ntwo\u202e\u009b\n\n  three\t3\n", 9))
                .containsExactly("one", "two", "  three    3");
    }

    @Test
    void whatPeopleWriteStays() {
        assertThat(PlainText.line("größer – 100 % “so” Ж 漢 \ud83d\ude80"))
                .isEqualTo("größer – 100 % “so” Ж 漢 \ud83d\ude80");
    }

    @Test
    void longLinesAreCutBetweenCharacters() {
        assertThat(PlainText.line("x".repeat(500))).hasSize(300).endsWith("x…");
        assertThat(PlainText.line("xxx\ud83d\ude80yyy", 5)).isEqualTo("xxx…");
        assertThat(PlainText.lastLines("a\n".repeat(20) + "y".repeat(500), 3))
                .isEqualTo(List.of("a", "a", "y".repeat(299) + "…"));
    }
}
