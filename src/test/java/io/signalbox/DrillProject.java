package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.config.Secret;
import io.signalbox.fixture.LocalKafka;
import io.signalbox.fixture.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** A project with a catalog of one command, and the settings of a bot that serves it. */
final class DrillProject {
    private static final Path REAL = Path.of("").toAbsolutePath();

    private final Path folder;
    private final String topic;

    DrillProject(Path folder, String topic) {
        this.folder = folder;
        this.topic = topic;
    }

    Path settings(String name, LocalRedis redis, LocalKafka kafka) throws IOException {
        Path file = folder.resolve(name + ".yml");
        return Files.writeString(file, """
                state: %s
                code: %s
                python: %s
                demo: on
                chat: {console: off, play: on}
                gate: {first-roles: {admin: [play:olga], deployer: [play:anna, play:bert, play:carla]}}
                redis: {uri: "%s", password-file: %s}
                kafka: {brokers: "%s", topic: %s, security: sasl-plaintext, username: bot, password-file: %s}
                """.formatted(
                        folder.resolve("state"),
                        folder.resolve("code"),
                        folder.resolve("venv/bin/python"),
                        redis.uri(),
                        secret(name + ".redis", redis.password()),
                        kafka.brokers(),
                        topic,
                        secret(name + ".kafka", kafka.botPassword())));
    }

    private Path secret(String name, Secret secret) throws IOException {
        Path file = Files.writeString(folder.resolve(name), secret.reveal());
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    void make() throws Exception {
        Path code = Files.createDirectories(folder.resolve("code"));
        Files.createDirectories(folder.resolve("venv/bin"));
        Files.createSymbolicLink(folder.resolve("venv/bin/python"), Path.of("/usr/bin/python3"));
        Files.createDirectories(code.resolve("commands"));
        Files.writeString(code.resolve("commands/drill.yml"), """
                arguments:
                  environment: {one of: [staging, production]}
                commands:
                  place.deploy:
                    say: deploy {environment}
                    help: Waits for the test.
                    risk: change
                    roles: [deployer]
                    approval: {when: {environment: production}, by: deployer}
                    lock: place/{environment}
                    timeout: 5m
                    run: {program: [programs/wait, "{environment}", %s]}
                """.formatted(folder.resolve("gate")));
        Path program = Files.createDirectories(code.resolve("programs")).resolve("wait");
        Files.writeString(program, """
                #!/usr/bin/python3
                import os, sys, time
                while sys.argv[1] == "staging" and not os.path.exists(sys.argv[2]):
                    time.sleep(0.1)
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        command(code, "cp", "-r", REAL.resolve("libexec").toString(), "libexec");
        command(code, "git", "init", "--quiet");
        command(code, "git", "add", "commands", "programs");
        command(
                code,
                "git",
                "-c",
                "user.name=drill",
                "-c",
                "user.email=drill@example.org",
                "commit",
                "--quiet",
                "-m",
                "drill");
    }

    private static void command(Path folder, String... argv) throws Exception {
        Process process =
                new ProcessBuilder(argv).directory(folder.toFile()).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
