package io.signalbox.about;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CatalogLoader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HelpTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private Catalog catalog;
    private Help help;

    @BeforeEach
    void load() throws Exception {
        catalog = new CatalogLoader(PROJECT, List.of(PROJECT.resolve("commands"))).load();
        help = new Help(() -> catalog);
    }

    @Test
    void whatThePersonMaySayIsShownAndHowMuchMoreThereIs() {
        assertThat(help.here(Set.of("backend.swap", "ping", "help")).lines())
                .startsWith("What can be said by you here, after `signalbox` (`help WORD` tells more):", "backend:")
                .contains("the bot:")
                .hasSize(7)
                .last()
                .isEqualTo(catalog.commands().size()
                        - 3
                        + " more need another role or another room: `help all` shows them too.");
    }

    @Test
    void whoMaySayEverythingIsToldOfNoMore() {
        assertThat(help.here(catalog.commands().keySet()))
                .contains("reload", "deploy backend")
                .doesNotContain("help all");
    }

    @Test
    void oneMoreIsOne() {
        Set<String> most = new HashSet<>(catalog.commands().keySet());
        most.remove("reload");
        assertThat(help.here(most))
                .doesNotContain("reload –")
                .endsWith("\n1 more needs another role or another room:" + " `help all` shows them too.");
    }

    @Test
    void allOfItSaysWhoMaySayWhatThePersonMayNot() {
        assertThat(help.all(Set.of("ping")).lines())
                .anySatisfy(
                        line -> assertThat(line).startsWith("  deploy backend").endsWith(" (deployer)"))
                .anySatisfy(line -> assertThat(line).startsWith("  ping").doesNotContain("(everyone)"))
                .anySatisfy(line -> assertThat(line).startsWith("  unlock").endsWith(" (admin or deployer)"));
    }

    @Test
    void aboutOneCommandItTellsWhoMaySayItAndWhatElseItTakes() {
        assertThat(help.about("backend.swap"))
                .contains("may be said by: deployer", "needs another deployer for production", "one at a time");
    }
}
