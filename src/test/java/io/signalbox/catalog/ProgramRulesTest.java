package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramRulesTest {
    @TempDir
    Path code;

    @BeforeEach
    void programs() throws IOException {
        for (String file : List.of("programs/report", "bin/report")) {
            Path program = code.resolve(file);
            Files.createDirectories(program.resolveSibling("."));
            Files.writeString(program, "#!/bin/true\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report, '--for={reason}', '{role}'",
                "programs/report, '--for={reason}'",
                "/bin/true, 'x-{role}'",
                "bash, -c, 'echo nothing that anybody said'"
            })
    void takesWhatHandsWordsOverAsValues(String words) throws IOException {
        assertThat(mistakes(words)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bash, -c, 'echo {role}'",
                "/usr/bin/python3.11, -c, 'print({role})'",
                "report, perl, '{role}'",
                "nice, -n, '5', report, '{role}'",
                "sudo, report, '{role}'",
                "report, /usr/bin/env, '{role}'",
                "gawk-5.1, '{role}'"
            })
    void refusesWhatReadsWordsAsCode(String words) throws IOException {
        assertThat(mistakes(words)).singleElement().asString().contains("as code", "as in programs/report");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'{reason}'", "'x{reason}'", "'-c{reason}'", "'--set=note={reason}'", "'--a={reason}{role}'"})
    void refusesFreeTextThatIsNotTheValueOfANamedOption(String word) throws IOException {
        assertThat(mistakes("report, " + word)).singleElement().asString().contains("write --reason={reason}");
    }

    @Test
    void refusesFreeTextWhereCodeIsExpected() throws IOException {
        assertThat(mistakes("report, '--command={reason}'"))
                .singleElement()
                .asString()
                .contains("where code is expected");
    }

    @Test
    void refusesAProgramThatSomebodySays() throws IOException {
        assertThat(mistakes("'{role}', x")).singleElement().asString().contains("never an argument");
    }

    @Test
    void refusesAProgramThatTheRunWouldNotFind() throws IOException {
        assertThat(mistakes("bin/report"))
                .singleElement()
                .asString()
                .contains("'bin/report' would not be there", "below programs/");
        assertThat(mistakes("programs/../bin/report"))
                .singleElement()
                .asString()
                .contains("below programs/");
        assertThat(mistakes("programs/gone")).singleElement().asString().contains("programs/gone is not there");
        assertThat(mistakes("/bin")).singleElement().asString().contains("/bin is not there or cannot be executed");
    }

    private List<String> mistakes(String words) throws IOException {
        Path file = Files.writeString(code.resolve("commands.yml"), """
                commands:
                  one:
                    say: put {role} {reason}
                    help: One.
                    risk: read
                    roles: [everyone]
                    timeout: 5m
                    run: {program: [%s]}
                """.formatted(words));
        BadCatalog bad = catchThrowableOfType(BadCatalog.class, () -> new CatalogLoader(code, List.of(file)).load());
        return bad == null
                ? List.of()
                : bad.mistakes().stream().map(Object::toString).toList();
    }
}
