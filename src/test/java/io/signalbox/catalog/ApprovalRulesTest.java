package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalRulesTest {
    @TempDir
    Path code;

    @Test
    void aConditionInOtherLettersStillAsksForApproval() throws IOException, BadCatalog {
        Approval approval =
                load("{environment: PRODUCTION}").command("one").approval().orElseThrow();
        assertThat(approval.when()).containsExactly(Map.entry("environment", "Production"));
        assertThat(approval.isNeededFor(Map.of("environment", "Production"))).isTrue();
        assertThat(approval.isNeededFor(Map.of("environment", "staging"))).isFalse();
    }

    @Test
    void whereTheValueIsNotKnownSomebodyIsAsked() {
        assertThat(new Approval(Map.of("environment", "production"), "deployer").isNeededFor(Map.of("env", "x")))
                .isTrue();
    }

    @Test
    void aConditionOnWhatCanBeSaidInSeveralWaysIsAMistake() {
        assertThat(mistake("{ref: main}"))
                .contains("commands.yml:11: approval cannot depend on {ref}, a git-ref", "with 'one of'");
        assertThat(mistake("{environment: mars}")).contains("this condition never holds: there is no environment");
    }

    private String mistake(String when) {
        return catchThrowableOfType(BadCatalog.class, () -> load(when))
                .mistakes()
                .get(0)
                .toString();
    }

    private Catalog load(String when) throws IOException, BadCatalog {
        Path file = code.resolve("commands.yml");
        Files.writeString(file, """
                arguments:
                  environment: {one of: [staging, Production]}
                  ref: {type: git-ref, repository: backend, default: main}
                commands:
                  one:
                    say: one[/{ref}] {environment}
                    help: One.
                    risk: change
                    roles: [deployer]
                    timeout: 5m
                    approval: {when: %s, by: deployer}
                    run: {program: ["true"]}
                """.formatted(when));
        return new CatalogLoader(code, List.of(file)).load();
    }
}
