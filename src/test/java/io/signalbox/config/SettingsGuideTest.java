package io.signalbox.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsGuideTest {
    @Test
    void theGuideNamesEverySetting() throws IOException {
        String guide = Files.readString(Path.of("docs/settings.md"));
        assertThat(Key.paths())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(guide).contains("`" + path + "`"));
    }
}
