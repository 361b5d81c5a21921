package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AuditOptionsTest {
    private final AuditOptions.Moment moment = new AuditOptions.Moment();

    @Test
    void aMomentIsATimeOrHowLongAgo() {
        assertThat(moment.convert("2h"))
                .isCloseTo(Instant.now().minus(Duration.ofHours(2)), within(9, ChronoUnit.SECONDS));
        assertThat(moment.convert("7d"))
                .isCloseTo(Instant.now().minus(Duration.ofDays(7)), within(9, ChronoUnit.SECONDS));
        assertThat(moment.convert("2026-11-21T10:15:30Z")).isEqualTo("2026-11-21T10:15:30Z");
        assertThat(moment.convert("2026-11-21")).isEqualTo("2026-11-21T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "--since, yesterday, 'neither how long ago, as in 30m, 2h or 7d, nor a time (UTC)'",
        "--since, 2026-13-01, 'neither how long ago'",
        "--since, 2h30, 'neither how long ago'",
        "--person, ' ', 'it is empty'",
        "--environment, '', 'it is empty'",
        "--command, '../x', '../x'"
    })
    void aWrongValueIsToldWithItsOption(String option, String value, String reason) {
        StringWriter errors = new StringWriter();
        int status = Signalbox.line().setErr(new PrintWriter(errors)).execute("audit", "tail", option, value);
        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains(option).contains(reason);
    }
}
