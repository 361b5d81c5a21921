package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class ChildrenTest {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Path folder;
    private final Children children;

    ChildrenTest(Vertx vertx, @TempDir Path folder) {
        this.folder = folder;
        this.children = new Children(vertx);
    }

    @Test
    void givesOutputErrorsAndCodeOfAProgram() {
        Ended ended = python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)");

        assertThat(ended).isEqualTo(new Ended(7, "out\n", "err\n", false));
    }

    @Test
    void handsArgumentsOverAsTheyAre() {
        Ended ended = run(List.of("printf", "%s|", "$(id)", "a b", "*", "", "`id`", "x=y"), LONG);

        assertThat(ended.output()).isEqualTo("$(id)|a b|*||`id`|x=y|");
    }

    @Test
    void inheritsNothingButWhatItIsGiven() {
        Ended ended = python("import os; print(sorted(os.environ))");

        assertThat(ended.output()).isEqualTo("['LC_CTYPE', 'PATH', 'SIGNALBOX_CHILD']\n");
    }

    @Test
    void readsFromNothingAndHasAllSignalsAtTheirDefaults() {
        Ended ended = python("""
                import sys
                status = dict(line.split(':\\t') for line in open('/proc/self/status').read().splitlines() if ':\\t' in line)
                # Python itself ignores SIGPIPE (13) and SIGXFSZ (25); 32 and 33 are the C library's own.
                ignored = {n for n in range(1, 65) if int(status['SigIgn'], 16) >> n - 1 & 1}
                print(repr(sys.stdin.read()), status['SigBlk'], ignored - {13, 25, 32, 33})
                """);

        assertThat(ended.output()).isEqualTo("'' 0000000000000000 set()\n");
    }

    @Test
    void keepsTheFirstOfAnEndlessOutputAndTheLastOfTheErrors() {
        Ended ended = python(
                "import sys; [(sys.stdout.write('o%07d' % n), sys.stderr.write('e%07d' % n)) for n in range(300000)]");

        assertThat(ended.output()).hasSize(1024).startsWith("o0000000o0000001");
        assertThat(ended.errors()).hasSize(1024).endsWith("e0299999");
    }

    @Test
    void killsTheWholeFamilyWhenTheTimeIsOver() throws IOException {
        Path pids = folder.resolve("pids");
        Ended ended = run(List.of("/usr/bin/python3", "-c", FAMILY, pids.toString()), Duration.ofSeconds(2));

        assertThat(ended.timedOut()).isTrue();
        assertThat(ended.code()).isEqualTo(137);
        assertThat(Files.readAllLines(pids)).hasSize(3).noneMatch(ChildrenTest::lives);
    }

    @Test
    void aProgramIsEndedAlsoWhereNobodyIsLeftToDoSo() {
        Ended ended = python("import os; print(open('/proc/%d/cmdline' % os.getppid()).read().split(chr(0))[:3])");

        // A little later than the bot itself does it.
        assertThat(ended.output()).isEqualTo("['/usr/bin/timeout', '--kill-after=10', '40.0']\n");
    }

    @Test
    void doesNotWaitForWhatAProgramLeavesBehind() {
        Ended ended = python(
                "import subprocess; p = subprocess.Popen(['sleep', '20'], start_new_session=True); print(p.pid)");

        assertThat(ended.code()).isZero();
        assertThat(lives(ended.output().strip())).isTrue();
        ProcessHandle.of(Long.parseLong(ended.output().strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void saysThatThereIsNoSuchProgram() {
        Future<Ended> ended = children.run(spec(List.of("/no/such/program"), LONG));

        assertThatThrownBy(() -> await(ended))
                .hasRootCauseMessage(
                        "/no/such/program cannot be started: there is no such file, or it may not be executed");
    }

    @Test
    void aDetachedProgramLeadsItsOwnSessionAndWritesToItsLog() throws Exception {
        Path log = folder.resolve("log");
        String program = "import os; print(os.getpid() == os.getsid(0), flush=True); os.read(0, 1); print('end')";
        long pid = await(children.detach(spec(List.of("/usr/bin/python3", "-c", program), LONG), log));

        ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
        assertThat(Files.readString(log)).isEqualTo("True\nend\n");
    }

    @Test
    void refusesWhatNoProgramCanBeHanded() {
        assertThatThrownBy(() -> spec(List.of("echo", "a\0b"), LONG)).hasMessageContaining("NUL");
        assertThatThrownBy(() -> spec(List.of("A=b"), LONG)).hasMessageContaining("holds no '='");
        assertThatThrownBy(() -> spec(List.of(), LONG)).hasMessageContaining("needs a program");
    }

    /** A parent that waits, a child in a session of its own, and a grandchild whose parent has gone. */
    private static final String FAMILY = """
            import os, sys, time
            log = open(sys.argv[1], 'a', buffering=1)
            def live(): log.write('%d\\n' % os.getpid()); time.sleep(60)
            if os.fork() == 0:
                os.setsid()
                live()
            if os.fork() == 0:
                if os.fork() == 0:
                    os.setsid()
                    live()
                os._exit(0)
            live()
            """;

    private Ended python(String program) {
        return run(List.of("/usr/bin/python3", "-c", program), LONG);
    }

    private Ended run(List<String> argv, Duration timeout) {
        return await(children.run(spec(argv, timeout)));
    }

    private ProcessSpec spec(List<String> argv, Duration timeout) {
        return new ProcessSpec(argv, PATH, Path.of("/tmp"), timeout, 1024);
    }

    private static boolean lives(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            return !stat.contains(") Z");
        } catch (IOException gone) {
            return false;
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
