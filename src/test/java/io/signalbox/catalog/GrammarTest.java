package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrammarTest {
    @Test
    void theShortestFormIsTheFirstOfItsWordsAndNothingOptional(@TempDir Path folder) throws IOException, BadCatalog {
        String catalog = CatalogProject.DEPLOY.replace("say: deploy backend", "say: deploy|bring|put backend");
        Grammar grammar = new Grammar(new CatalogProject(folder).load(catalog));

        assertThat(grammar.shortest("backend.deploy", Map.of("environment", "staging", "ref", "v1")))
                .contains("deploy backend staging");
        assertThat(grammar.shortest("backend.deploy", Map.of("ref", "v1"))).isEmpty();
        assertThat(grammar.canonical("backend.deploy", Map.of("environment", "staging", "ref", "v1")))
                .isEqualTo("deploy backend/v1 staging");
    }
}
