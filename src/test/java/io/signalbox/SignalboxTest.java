package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What somebody at a terminal is told who says it wrong. */
class SignalboxTest {
    @Test
    void anIdThatIsNoneIsToldWithWhatWouldBeRight() {
        StringWriter errors = new StringWriter();
        CommandLine line = Signalbox.line().setErr(new PrintWriter(errors));

        assertThat(line.execute("audit", "tail", "--command", "K7M3AB")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--command", "'K7M3AB' is not a command's id: six small letters or digits, as in k7m3ab");
    }

    @Test
    void wordsOfTheCatalogMayLookLikeOptionsWhereverTheyStand() {
        var parsed = Signalbox.line()
                .parseArgs("explain", "deploy", "backend", "staging", "--replace", "--set", "chat.console=off")
                .subcommand();

        assertThat(parsed.matchedPositionals().get(0).<Object>getValue())
                .isEqualTo(List.of("deploy", "backend", "staging", "--replace"));
        assertThat(parsed.hasMatchedOption("--set")).isTrue();
    }

    @Test
    void whatAPersonCanMendIsToldWithoutATraceAlsoWhereItCameFromAStage() throws Exception {
        StringWriter errors = new StringWriter();
        CommandLine line = Signalbox.line().setErr(new PrintWriter(errors));
        Exception failed = new ExecutionException(new BindException("/nowhere/play.sock: no such folder"));

        assertThat(line.getExecutionExceptionHandler().handleExecutionException(failed, line, line.parseArgs("check")))
                .isEqualTo(1);
        assertThat(errors).hasToString("signalbox: /nowhere/play.sock: no such folder" + System.lineSeparator());
    }
}
