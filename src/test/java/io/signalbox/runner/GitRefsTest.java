package io.signalbox.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.Children;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class GitRefsTest {
    private final Path folder;
    private final TestRepository repository;
    private final GitRefs refs;

    GitRefsTest(Vertx vertx, @TempDir Path folder) throws Exception {
        this.folder = folder;
        this.repository = new TestRepository(folder.resolve("backend"));
        Workplace workplace = Parts.workplace(folder, folder.resolve("state"));
        Git git = new Git(vertx, new Children(vertx), workplace, new ChildEnvironment(workplace, Map.of()));
        this.refs = new GitRefs(vertx, git);
    }

    @Test
    void resolvesBranchesTagsAndCommits() throws Exception {
        String second = repository.in("rev-parse", "HEAD");
        String first = repository.in("rev-parse", "HEAD~1");
        repository.in("tag", "v1", first);
        repository.in("tag", "-a", "-m", "annotated", "v2", second);
        repository.in("branch", "feature/#12-über", first);

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
        repository.commit("third");

        assertThat(resolve("main"))
                .isEqualTo(repository.in("rev-parse", "HEAD"))
                .isNotEqualTo(before);
    }

    @Test
    void aCommitThatNoBranchLeadsToAnyMoreIsNotFound() throws Exception {
        String second = resolve("main");
        repository.in("reset", "--quiet", "--hard", "HEAD~1");

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
        repository.in("branch", "both");
        repository.in("tag", "both", "HEAD~1");

        assertThatThrownBy(() -> resolve("both"))
                .hasRootCauseMessage("'both' is both a branch and a tag: say heads/both or tags/both");
        assertThat(resolve("tags/both")).isEqualTo(repository.in("rev-parse", "HEAD~1"));
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
    void manyAtOnceGetOneAnswer() throws Exception {
        List<Future<String>> all = IntStream.range(0, 12)
                .mapToObj(n -> refs.resolve(repository.url(), "main"))
                .toList();

        assertThat(wait(Future.all(all)).<String>list()).hasSize(12).containsOnly(repository.in("rev-parse", "HEAD"));
    }

    @Test
    void listsWhatLiesBetweenTwoCommitsForPeople() throws Exception {
        String from = repository.in("rev-parse", "HEAD~1");
        String to = repository.in("rev-parse", "HEAD");

        List<String> lines = wait(refs.between(repository.url(), from, to, 10));
        assertThat(lines).containsExactly(to.substring(0, 7) + " second $(touch pwned) (Anna)");
        assertThatThrownBy(() -> wait(refs.between(repository.url(), Parts.COMMIT, to, 10)))
                .hasRootCauseInstanceOf(RefNotFound.class);
        assertThatThrownBy(() -> wait(refs.between(repository.url(), "--output=x", to, 10)))
                .hasRootCauseInstanceOf(RefNotFound.class);
    }

    @Test
    void whatStandsInACommitMovesNobodysTerminal() throws Exception {
        String from = repository.in("rev-parse", "HEAD");
        repository.commit("fix\u202e\u009b31m\r1234567 harmless (Olga)");
        assertThat(wait(refs.between(repository.url(), from, repository.in("rev-parse", "HEAD"), 10)))
                .singleElement()
                .isEqualTo(repository.in("rev-parse", "--short", "HEAD") + " fix31m 1234567 harmless (Olga) (Anna)");
    }

    private String resolve(String ref) {
        return wait(refs.resolve(repository.url(), ref));
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
