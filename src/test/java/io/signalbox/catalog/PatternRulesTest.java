package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternRulesTest {
    private final CatalogProject project;

    PatternRulesTest(@TempDir Path folder) throws IOException {
        this.project = new CatalogProject(folder);
    }

    @Test
    void refusesPatternsThatTie() {
        String other = CatalogProject.DEPLOY.replace("backend.deploy", "backend.other");
        assertThat(project.mistakes(CatalogProject.DEPLOY, other.substring(other.indexOf("commands:"))))
                .singleElement()
                .asString()
                .startsWith(
                        "commands/2.yml:3: 'deploy backend/{ref} to {environment}/{hosts}' can also mean backend.deploy")
                .contains("in commands/1.yml:7");
        assertThat(project.mistakes(
                        CatalogProject.command("say: ['put {role} in {person}', 'put {person} in {role}']")))
                .singleElement()
                .asString()
                .contains("can also mean one");
        assertThat(project.mistakes(CatalogProject.command("say: status")))
                .singleElement()
                .asString()
                .contains("can also mean status, which is 'status' in words.yml:");
    }

    @Test
    void letsALiteralStandBesideFreeText() throws IOException {
        assertThat(project.mistakes(CatalogProject.command("say: ['put {role}', 'put all', 'put {reason}']")))
                .isEmpty();
    }

    @Test
    void refusesMalformedPatterns() throws IOException {
        Map<String, String> wrong = Map.of(
                "put [x", "a '[' is not closed",
                "put x]", "a ']' closes nothing",
                "put {x y}", "'{' is out of place",
                "put {role}{person}", "two arguments touch",
                "put {role} {role}", "stands in it twice",
                "put {reason} there", "has to be the last word",
                "[put]", "it can be said without a word",
                "put [a|b|c|d][e|f|g|h][i|j|k|l][m|n|o|p]", "more than 500 ways");
        wrong.forEach((pattern, why) -> assertThat(project.mistakes(CatalogProject.command("say: '" + pattern + "'")))
                .singleElement()
                .asString()
                .startsWith("commands/" + project.files() + ".yml:3: '" + pattern + "': ")
                .contains(why));
    }
}
