package io.signalbox.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.Children;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class CodeCopiesTest {
    private final Path code;
    private final Path state;
    private final CodeCopies copies;
    private final AtomicLong now =
            new AtomicLong(Instant.parse("2026-11-21T12:00:00Z").toEpochMilli());

    CodeCopiesTest(Vertx vertx, @TempDir Path folder) {
        this.code = folder.resolve("code");
        this.state = folder.resolve("state");
        Workplace workplace = Parts.workplace(code, state);
        Git git = new Git(vertx, new Children(vertx), workplace, new ChildEnvironment(workplace, Map.of()));
        InstantSource clock = () -> Instant.ofEpochMilli(now.get());
        this.copies = new CodeCopies(vertx, git, workplace, clock);
    }

    @BeforeEach
    void aProject() throws IOException {
        write("ansible.cfg", "[defaults]\n");
        write("playbooks/site.yml", "- hosts: all\n");
        write("commands/backend.yml", "commands: {}\n");
        write("README.md", "not part of it\n");
        write("playbooks/__pycache__/x.pyc", "nor this");
    }

    @AfterEach
    void takeAway() throws IOException {
        Folders.delete(state);
    }

    @Test
    void copiesWhatCommandsRunAndNothingElse() throws IOException {
        CodeCopy copy = wait(copies.current());

        assertThat(copy.folder()).isEqualTo(copies.folder(copy.hash()));
        assertThat(copy.folder().resolve("playbooks/site.yml")).hasContent("- hosts: all\n");
        assertThat(copy.folder().resolve("commands/backend.yml")).exists();
        assertThat(copy.folder().resolve("README.md")).doesNotExist();
        assertThat(copy.folder().resolve("playbooks/__pycache__")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(copy.folder().resolve("playbooks/site.yml"))
                        .toString())
                .doesNotContain("WRITE");
        assertThat(Files.getPosixFilePermissions(copy.folder()).toString()).doesNotContain("WRITE");
    }

    @Test
    void anEditMakesAnotherCopyAndTheFirstStaysAsItWas() throws IOException {
        CodeCopy first = wait(copies.current());
        write("playbooks/site.yml", "- hosts: none\n");
        CodeCopy second = wait(copies.current());

        assertThat(second.hash()).isNotEqualTo(first.hash());
        assertThat(first.folder().resolve("playbooks/site.yml")).hasContent("- hosts: all\n");
        write("playbooks/site.yml", "- hosts: all\n");
        assertThat(wait(copies.current())).isEqualTo(first);
    }

    @Test
    void theSameBytesUnderOtherNamesOrModesAreOtherContent() throws IOException {
        String before = wait(copies.current()).hash();
        Files.move(code.resolve("playbooks/site.yml"), code.resolve("playbooks/other.yml"));
        String renamed = wait(copies.current()).hash();
        assertThat(code.resolve("playbooks/other.yml").toFile().setExecutable(true))
                .isTrue();

        assertThat(Set.of(before, renamed, wait(copies.current()).hash())).hasSize(3);
    }

    @Test
    void aCopyThatWasDamagedWhileNoBotRanIsMadeAnew(Vertx vertx) throws IOException {
        CodeCopy first = wait(copies.current());
        Path file = first.folder().resolve("playbooks/site.yml");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "");

        Workplace workplace = Parts.workplace(code, state);
        Git git = new Git(vertx, new Children(vertx), workplace, new ChildEnvironment(workplace, Map.of()));
        CodeCopies next = new CodeCopies(vertx, git, workplace, () -> Instant.ofEpochMilli(now.get()));
        assertThat(wait(next.current())).isEqualTo(first);
        assertThat(file).hasContent("- hosts: all\n");
    }

    @Test
    void manyAtOnceMakeOneCopy() throws IOException {
        var all = IntStream.range(0, 8).mapToObj(n -> copies.current()).toList();

        assertThat(wait(Future.all(all)).<CodeCopy>list().stream().distinct()).hasSize(1);
        try (var left = Files.list(state.resolve("code"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void saysWhetherTheProjectHoldsUncommittedChanges() throws Exception {
        assertThat(wait(copies.current()).dirty()).isFalse();
        git("init", "--quiet");
        assertThat(wait(copies.current()).dirty()).isTrue();
        git("add", ".");
        git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "all");
        assertThat(wait(copies.current()).dirty()).isFalse();
        write("README.md", "changed, and no part of a run\n");
        assertThat(wait(copies.current()).dirty()).isFalse();
        write("roles/new/tasks/main.yml", "[]\n");
        assertThat(wait(copies.current()).dirty()).isTrue();
    }

    @Test
    void namesTheFilesThatAreNotCommittedAlsoThoseThatGitIgnores() throws Exception {
        git("init", "--quiet");
        write(".gitignore", "*.local.yml\n__pycache__/\n*.pyc\n/ignored-roles\n");
        git("add", ".");
        git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "all");
        assertThat(wait(copies.current()).uncommitted()).isEmpty();

        write("roles/web/vars/ü main.local.yml", "port: 1\n");
        write("playbooks/library/__pycache__/x.cpython-311.pyc", "not copied");
        write("commands/backend.yml", "commands: {changed: 1}\n");
        CodeCopy copy = wait(copies.current());
        assertThat(copy.uncommitted())
                .containsExactlyInAnyOrder("roles/web/vars/ü main.local.yml", "commands/backend.yml");
        assertThat(copy.folder().resolve("roles/web/vars/ü main.local.yml")).exists();
    }

    @Test
    void refusesALinkThatLeadsOutOfTheProject() throws IOException {
        Files.createSymbolicLink(code.resolve("playbooks/passwd"), Path.of("/etc/passwd"));

        assertThatThrownBy(() -> wait(copies.current()))
                .hasRootCauseMessage(code.toRealPath().resolve("playbooks/passwd")
                        + " leads out of the project folder, to /etc/passwd");
    }

    @Test
    void keepsCopiesInUseAndYoungOnes() throws IOException {
        CodeCopy used = wait(copies.current());
        write("playbooks/site.yml", "unused");
        CodeCopy unused = wait(copies.current());
        wait(copies.keepOnly(Set.of(used.hash())));
        assertThat(unused.folder()).exists();
        now.addAndGet(Duration.ofDays(2).toMillis());
        wait(copies.keepOnly(Set.of(used.hash())));

        assertThat(unused.folder()).doesNotExist();
        assertThat(used.folder()).exists();
    }

    private void write(String name, String text) throws IOException {
        Path file = code.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void git(String... arguments) throws Exception {
        var argv = new ArrayList<>(List.of("git", "-C", code.toString()));
        argv.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(argv).start().waitFor()).isZero();
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
