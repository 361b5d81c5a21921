package io.signalbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasteLineTest {
    private final Path code;
    private final PasteLine pasteLine;

    PasteLineTest(@TempDir Path home) {
        code = home;
        Workplace workplace = Parts.workplace(home, home.resolve("state"));
        pasteLine = new PasteLine(
                new Invocations(Parts.CATALOG, workplace, new ChildEnvironment(workplace, Map.of("PATH", "/usr/bin"))));
    }

    @Test
    void showsWhatTheBotSetsAndNoValueOfTheSettings() {
        String line = pasteLine.of(Parts.playbook(Map.of()), Parts.said(Map.of("environment", "staging")));

        assertThat(line)
                .startsWith("cd " + code + " && ANSIBLE_COLLECTIONS_PATH=")
                .contains(" ANSIBLE_PRIVATE_KEY_FILE=/keys/deploy ")
                .contains(" AWS_REGION=\"${AWS_REGION?")
                .doesNotContain("eu-central-1", "never-shown-to-anybody");
    }

    /** Ansible does not start in a locale that the machine lacks, as a laptop's that came with the login. */
    @Test
    void ansibleStartsInALocaleThatEveryMachineHas() {
        String line = pasteLine.of(Parts.playbook(Map.of()), Parts.said(Map.of("environment", "staging")));

        assertThat(line).contains(" LC_ALL=C.UTF-8 ");
    }

    @Test
    void takesTheSettingsValuesFromTheShellAndStartsNothingWhereOneIsMissing() throws Exception {
        var spec = Parts.program("/usr/bin/printenv", "AWS_REGION", "AWS_SECRET_ACCESS_KEY");
        String line = pasteLine.of(spec, Parts.said(Map.of()));

        assertThat(shell(line, Map.of("AWS_REGION", "a b", "AWS_SECRET_ACCESS_KEY", "$(id)")))
                .isEqualTo("a b\n$(id)\n");
        assertThat(shell(line, Map.of("AWS_SECRET_ACCESS_KEY", "x")))
                .contains("AWS_REGION: is in run.environment of the settings")
                .doesNotContain("x\n");
    }

    private static String shell(String line, Map<String, String> environment) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true);
        shell.environment().clear();
        shell.environment().putAll(environment);
        shell.environment().put("PATH", "/usr/bin:/bin");
        return new String(shell.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
