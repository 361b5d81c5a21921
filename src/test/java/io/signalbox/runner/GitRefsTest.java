package io.signalbox.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.Children;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class GitRefsTest {
    private final Path folder;
    private final Path repository;
    private final Children children;
    private final GitRefs refs;
    private final Git git;

    GitRefsTest(Vertx vertx, @TempDir Path folder) {
        this.folder = folder;
        this.repository = folder.resolve("backend");
        this.children = new Children(vertx);
        Workplace workplace = Parts.workplace(folder, folder.resolve("state"));
        this.git = new Git(vertx, children, workplace, new ChildEnvironment(workplace, Map.of()));
        this.refs = new GitRefs(vertx, git);
    }

    @BeforeEach
    void aRepositoryWithTwoCommits() throws Exception {
        Files.createDirectories(repository);
        in("init", "--quiet", "--initial-branch=main");
        commit("first");
        commit("second $(touch pwned)");
    }

    @Test
    void resolvesBranchesTagsAndCommits() throws Exception {
        String second = in("rev-parse", "HEAD");
        String first = in("rev-parse", "HEAD~1");
        in("tag", "v1", first);
        in("tag", "-a", "-m", "annotated", "v2", second);
        in("branch", "feature/#12-über", first);

        assertThat(resolve("main")).isEqualTo(second);
        assertThat(resolve("heads/main")).isEqualTo(second);
        assertThat(resolve("v1")).isEqualTo(first);
        assertThat(resolve("v2")).isEqualTo(second);
        assertThat(resolve("feature/#12-über")).isEqualTo(first);
        assertThat(resolve(first)).isEqualTo(first);
        assertThat(resolve(first.substring(0, 9))).isEqualTo(first);
    }

    @Test
    void seesWhatWasPushedSinceTheLastTime() throws Exception {
        String before = resolve("main");
        commit("third");

        assertThat(resolve("main")).isEqualTo(in("rev-parse", "HEAD")).isNotEqualTo(before);
    }

    @Test
    void aCommitThatNoBranchLeadsToAnyMoreIsNotFound() throws Exception {
        String second = resolve("main");
        in("reset", "--quiet", "--hard", "HEAD~1");

        assertThatThrownBy(() -> resolve(second)).hasRootCauseInstanceOf(RefNotFound.class);
    }

    @Test
    void saysWhichBranchesThereAre() {
        assertThatThrownBy(() -> resolve("mian"))
                .hasRootCauseMessage(
                        "there is no branch, tag or commit 'mian' in the repository; its newest branches: main");
    }

    @Test
    void refusesABranchAndATagOfOneName() throws Exception {
        in("branch", "both");
        in("tag", "both", "HEAD~1");

        assertThatThrownBy(() -> resolve("both"))
                .hasRootCauseMessage("'both' is both a branch and a tag: say heads/both or tags/both");
        assertThat(resolve("tags/both")).isEqualTo(in("rev-parse", "HEAD~1"));
    }

    @Test
    void refusesEverythingThatIsMoreThanAName() {
        List<String> bad = List.of(
                "",
                "-x",
                "--upload-pack=touch pwned",
                "main~1",
                "main^",
                "main:file",
                "main@{1}",
                "a..b",
                "a b",
                "x\ny",
                "refs/heads/*",
                "/main",
                "main/",
                "main.lock",
                "@",
                "a\\b",
                "x[1]");

        for (String ref : bad) {
            assertThatThrownBy(() -> resolve(ref)).as(ref).hasRootCauseInstanceOf(RefNotFound.class);
        }
    }

    @Test
    void takesNoTransportThatExecutes() {
        Path pwned = folder.resolve("pwned");
        for (String url : List.of("ext::sh -c touch% " + pwned, "--upload-pack=touch " + pwned, "fd::17")) {
            assertThatThrownBy(() -> wait(refs.resolve(url, "main"))).hasRootCauseInstanceOf(IOException.class);
        }
        assertThat(pwned).doesNotExist();
    }

    @Test
    void saysThatARepositoryCannotBeFetchedWithoutItsPassword() {
        assertThatThrownBy(() -> wait(refs.resolve("file://olga:hunter2@" + folder + "/none", "main")))
                .hasRootCauseInstanceOf(IOException.class)
                .rootCause()
                .hasMessageContaining("cannot be fetched")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void manyAtOnceShareOneFetchAndGetOneAnswer() throws Exception {
        List<Future<String>> all = IntStream.range(0, 12)
                .mapToObj(n -> refs.resolve(url(), "main"))
                .toList();

        assertThat(wait(Future.all(all)).<String>list()).hasSize(12).containsOnly(in("rev-parse", "HEAD"));
    }

    @Test
    void makesAMirrorAnewThatAKilledFetchHasLeftLocked() throws Exception {
        resolve("main");
        commit("third");
        try (var mirrors = Files.list(git.home())) {
            Path mirror = mirrors.filter(Files::isDirectory).findFirst().orElseThrow();
            Files.writeString(mirror.resolve("refs/heads/main.lock"), "");
        }

        assertThat(resolve("main")).isEqualTo(in("rev-parse", "HEAD"));
    }

    @Test
    void listsWhatLiesBetweenTwoCommitsForPeople() throws Exception {
        String from = in("rev-parse", "HEAD~1");
        String to = in("rev-parse", "HEAD");

        List<String> lines = wait(refs.between(url(), from, to, 10));
        assertThat(lines).containsExactly(to.substring(0, 7) + " second $(touch pwned) (Anna)");
        assertThatThrownBy(() -> wait(refs.between(url(), Parts.COMMIT, to, 10)))
                .hasRootCauseInstanceOf(RefNotFound.class);
        assertThatThrownBy(() -> wait(refs.between(url(), "--output=x", to, 10)))
                .hasRootCauseInstanceOf(RefNotFound.class);
    }

    private String url() {
        return "file://" + repository;
    }

    private String resolve(String ref) {
        return wait(refs.resolve(url(), ref));
    }

    private void commit(String message) throws Exception {
        in(
                "-c",
                "user.name=Anna",
                "-c",
                "user.email=anna@example.org",
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                message);
    }

    private String in(String... arguments) throws Exception {
        var argv = new ArrayList<>(List.of("git", "-c", "user.name=A", "-c", "user.email=a@example.org"));
        argv.addAll(List.of("-C", repository.toString()));
        argv.addAll(List.of(arguments));
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
