package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogGuideTest {
    private static final Path GUIDE = Path.of("docs/commands.md");

    @ParameterizedTest
    @ValueSource(strings = {"docs/commands.md", "README.md"})
    void itsCommandInTenLinesIsComplete(Path page, @TempDir Path folder) throws IOException, BadCatalog {
        String example = Files.readString(page)
                .lines()
                .dropWhile(line -> !line.equals("    arguments:"))
                .takeWhile(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .collect(Collectors.joining("\n"));
        for (String environment : List.of("staging", "production")) {
            Files.createDirectories(folder.resolve("inventory").resolve(environment));
        }
        Files.createDirectories(folder.resolve("playbooks"));
        Files.writeString(folder.resolve("playbooks/cache_clear.yml"), "[]\n");
        Path file = Files.writeString(folder.resolve("own.yml"), example);
        assertThat(example.lines()).hasSize(10);
        assertThat(new CatalogLoader(folder, List.of(file))
                        .load()
                        .command("cache.clear")
                        .action())
                .isInstanceOf(Action.Playbook.class);
    }

    @Test
    void itExplainsEveryTypeOfArgument() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(Arrays.stream(ArgumentType.Form.values()).filter(form -> form != ArgumentType.Form.ONE_OF))
                .allSatisfy(form -> assertThat(guide).contains("{type: " + form.title()));
    }
}
