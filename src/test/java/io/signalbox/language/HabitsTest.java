package io.signalbox.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Person;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CatalogLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide says of sentences of other bots, with the catalog of this project. */
class HabitsTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Person ANNA = new Person("play:anna", "anna");
    private static final Pattern ROW = Pattern.compile("\\| `\\.?([^`]+)` \\| (?:`([^`]+)`|answer: (.+)) \\|");

    private final Interpreter interpreter;

    HabitsTest() throws BadCatalog {
        interpreter = new Interpreter(new CatalogLoader(PROJECT, List.of(PROJECT.resolve("commands"))).load());
    }

    static Stream<Arguments> rows() throws IOException {
        return Files.readAllLines(PROJECT.resolve("docs/habits.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> Arguments.of(
                        row.group(1),
                        row.group(2) == null ? "" : row.group(2),
                        row.group(3) == null ? "" : row.group(3)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isUnderstoodAsTheGuideSays(String said, String canonical, String answer) {
        Interpretation meaning = interpreter.interpret(said, ANNA);
        if (answer.isEmpty()) {
            assertThat(meaning).isInstanceOf(Interpretation.Understood.class);
            assertThat(((Interpretation.Understood) meaning).instruction().canonical())
                    .isEqualTo(canonical);
        } else {
            assertThat(meaning).isInstanceOf(Interpretation.Misunderstood.class);
            assertThat(((Interpretation.Misunderstood) meaning).problem()).contains(answer);
            assertThat(((Interpretation.Misunderstood) meaning).help()).isNotEmpty();
        }
    }

    @Test
    void theGuideHasThemAll() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(30);
    }
}
