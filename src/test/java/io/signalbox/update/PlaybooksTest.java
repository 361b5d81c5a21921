package io.signalbox.update;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.fixture.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybooksTest {
    @TempDir
    Path folder;

    private OwnCatalog own;

    @BeforeEach
    void firstPlaybooks() throws IOException, BadCatalog {
        OwnCatalog.write(folder.resolve("first"), OwnCatalog.of("own.first"));
        point("first");
        own = OwnCatalog.in(folder.resolve("playbooks"), "own.first");
    }

    @Test
    void theCatalogIsReadAgainWhenTheLinkMoves() throws IOException {
        own.playbooks().follow();
        move("second", OwnCatalog.of("own.second"));
        own.playbooks().follow();
        assertThat(own.has("own.second")).isTrue();
        assertThat(own.has("own.first")).isFalse();
    }

    @Test
    void whatMovedWhileTheBotStartedIsRead() throws IOException {
        move("second", OwnCatalog.of("own.second"));
        own.playbooks().follow();
        assertThat(own.has("own.second")).isTrue();
    }

    @Test
    void whatIsEditedInPlaceWaitsForReload() throws IOException {
        own.playbooks().follow();
        OwnCatalog.write(folder.resolve("first"), OwnCatalog.of("own.edited"));
        own.playbooks().follow();
        assertThat(own.has("own.edited")).isFalse();
    }

    @Test
    void aCatalogWithMistakesIsToldOnceAndNotTaken() throws IOException {
        own.playbooks().follow();
        move("bad", "commands: {own.bad: {say: 7}}");
        try (Logged log = new Logged(Playbooks.class)) {
            own.playbooks().follow();
            own.playbooks().follow();
            assertThat(log.count(Level.ERROR)).isEqualTo(1);
        }
        assertThat(own.has("own.first")).isTrue();
        move("third", OwnCatalog.of("own.third"));
        own.playbooks().follow();
        assertThat(own.has("own.third")).isTrue();
    }

    private void move(String name, String catalog) throws IOException {
        OwnCatalog.write(folder.resolve(name), catalog);
        point(name);
    }

    private void point(String name) throws IOException {
        Path fresh = Files.createSymbolicLink(folder.resolve("playbooks.new"), Path.of(name));
        Files.move(fresh, folder.resolve("playbooks"), StandardCopyOption.ATOMIC_MOVE);
    }
}
