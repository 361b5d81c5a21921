package io.signalbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository with two commits on main, to which tests add more. */
final class TestRepository {
    private final Path folder;

    TestRepository(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        in("init", "--quiet", "--initial-branch=main");
        commit("first");
        commit("second $(touch pwned)");
    }

    String url() {
        return "file://" + folder;
    }

    void commit(String message) throws Exception {
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

    /** What git says here. */
    String in(String... arguments) throws Exception {
        var argv = new ArrayList<>(List.of("git", "-c", "user.name=A", "-c", "user.email=a@example.org"));
        argv.addAll(List.of("-C", folder.toString()));
        argv.addAll(List.of(arguments));
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }
}
