package io.signalbox.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunConductTest {
    @Test
    void withoutASettingTheBotStartsRunsItself() {
        assertThat(RunConduct.standard().socket()).isEmpty();
    }

    @Test
    void aSocketThatTheKernelWouldNotTakeIsRefused() {
        Path longest = Path.of("/" + "x".repeat(106));
        assertThat(RunConduct.standard().by(longest).socket()).contains(longest);
        assertThatThrownBy(() -> RunConduct.standard().by(Path.of("/" + "x".repeat(107))))
                .hasMessage("run.socket: the path has 108 bytes and a socket's may have 107; choose a shorter one");
    }
}
