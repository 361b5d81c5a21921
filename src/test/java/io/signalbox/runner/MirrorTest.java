package io.signalbox.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.fixture.Eventually;
import io.signalbox.process.Children;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class MirrorTest {
    private final Path folder;
    private final Vertx vertx;
    private final TestRepository repository;

    MirrorTest(Vertx vertx, @TempDir Path folder) throws Exception {
        this.vertx = vertx;
        this.folder = folder;
        this.repository = new TestRepository(folder.resolve("backend"));
    }

    @Test
    void seesWhatWasPushedWhileSomebodyElsesFetchWasUnderWay() throws Exception {
        Path listed = folder.resolve("listed");
        Path goOn = folder.resolve("go-on");
        GitRefs slowly = withGit("""
                PATH=/usr/bin:/bin
                git "$@" || exit
                case "$*" in *" fetch "*) ;; *) exit 0 ;; esac
                touch %s
                n=0
                while [ ! -e %s ] && [ $n -lt 300 ]; do sleep 0.05; n=$((n + 1)); done
                """.formatted(listed, goOn));

        Future<String> berts = slowly.resolve(repository.url(), "main");
        Eventually.until("bert's fetch has the branches", Duration.ofSeconds(10), () -> Files.exists(listed));
        repository.commit("third");
        Future<String> annas = slowly.resolve(repository.url(), "main");
        Future<String> carlas = slowly.resolve(repository.url(), "main");
        Files.createFile(goOn);

        assertThat(wait(Future.all(berts, annas, carlas)).<String>list().subList(1, 3))
                .containsOnly(repository.in("rev-parse", "HEAD"));
    }

    @Test
    void makesAMirrorAnewThatAKilledFetchHasLeftLocked() throws Exception {
        Workplace workplace = Parts.workplace(folder, folder.resolve("state"));
        var environment = new ChildEnvironment(workplace, Map.of());
        GitRefs refs = new GitRefs(vertx, new Git(vertx, new Children(vertx), workplace, environment));
        wait(refs.resolve(repository.url(), "main"));
        repository.commit("third");
        try (var mirrors = Files.list(folder.resolve("state/git"))) {
            Path mirror = mirrors.filter(Files::isDirectory).findFirst().orElseThrow();
            Files.writeString(mirror.resolve("refs/heads/main.lock"), "");
        }

        assertThat(wait(refs.resolve(repository.url(), "main"))).isEqualTo(repository.in("rev-parse", "HEAD"));
    }

    @Test
    void whatTheOtherEndSaysMovesNobodysTerminal() throws Exception {
        GitRefs refused = withGit("printf 'remote: \\033[2Jno\\302\\233 \\342\\200\\256way\\nfatal\\n' >&2; exit 128");
        assertThatThrownBy(() -> wait(refused.resolve(repository.url(), "main")))
                .hasRootCauseMessage(
                        "the repository " + repository.url() + " cannot be fetched: remote: no way / fatal");
    }

    /** With a program of that text in the place of git. */
    private GitRefs withGit(String script) throws IOException {
        Path programs = Files.createTempDirectory(folder, "programs");
        Path program = Files.writeString(programs.resolve("git"), "#!/bin/sh\n" + script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Workplace workplace = Parts.workplace(folder, programs.resolve("state"), Map.of());
        var environment = new ChildEnvironment(workplace, Map.of("PATH", programs + ":/usr/bin:/bin"));
        return new GitRefs(vertx, new Git(vertx, new Children(vertx), workplace, environment));
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
