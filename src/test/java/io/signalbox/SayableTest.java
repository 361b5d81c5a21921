package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CatalogLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SayableTest {
    private final Catalog catalog;

    SayableTest() throws BadCatalog {
        Path project = Path.of("").toAbsolutePath();
        catalog = new CatalogLoader(project, List.of(project.resolve("commands"))).load();
    }

    @Test
    void aScheduleSaysWhatRunsAndIsUnderstood() {
        Sayable sayable = new Sayable();
        assertThat(sayable.problem(catalog, "nightly", "deploy backend to staging"))
                .isEmpty();
        assertThat(sayable.problem(catalog, "nightly", "deploy backend"))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("deploy backend to which environment?"));
        assertThat(sayable.problem(catalog, "nightly", "locks"))
                .contains("it is a word about the bot, and only what starts a process can be scheduled");
    }
}
