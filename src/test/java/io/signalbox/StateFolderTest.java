package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bus.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    Path folder;

    @Test
    void itsNameOutlivesTheBotAndIsItsOwn() throws IOException {
        Home first = home(folder);
        assertThat(home(folder)).isEqualTo(first);
        assertThat(first.host()).isNotBlank();
        assertThat(home(folder.resolve("other")).id()).isNotEqualTo(first.id());
    }

    @Test
    void aNameThatWasEmptiedIsNotReplaced() throws IOException {
        Files.writeString(folder.resolve("id"), "");
        assertThatThrownBy(() -> home(folder)).hasMessageContaining("id is empty", "put back what it held");
    }

    @Test
    void whatAKilledBotWasPlanningIsTakenAway() throws IOException {
        Path left = Files.createDirectories(folder.resolve("plans/k7m3ab"));
        Files.writeString(left.resolve("vars.json"), "{}");
        home(folder);
        assertThat(folder.resolve("plans")).doesNotExist();
    }

    private static Home home(Path folder) throws IOException {
        StateFolder state = StateFolder.take(folder);
        state.leave();
        return state.home();
    }
}
