package io.signalbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The bot as a process, with a catalog of nothing, and neither Redis nor Kafka: it is ready by itself. */
final class BotProcess implements AutoCloseable {
    private final Path folder;
    private final Process guard;

    private BotProcess(Path folder, Process guard) {
        this.folder = folder;
        this.guard = guard;
    }

    /** {@code more}: settings as {@code key=value}; it is killed after two minutes whatever happens. */
    static BotProcess start(Path folder, Map<String, String> environment, String... more) throws IOException {
        return start(folder, System.getProperty("java.class.path"), environment, more);
    }

    static BotProcess start(Path folder, String classPath, Map<String, String> environment, String... more)
            throws IOException {
        Files.createDirectories(folder.resolve("code/commands"));
        Files.createDirectories(folder.resolve("venv/bin"));
        if (!Files.exists(folder.resolve("venv/bin/python"))) {
            Files.createSymbolicLink(folder.resolve("venv/bin/python"), Path.of("/usr/bin/python3"));
        }
        Files.writeString(folder.resolve("code/commands/none.yml"), "commands: {}\n");
        List<String> argv = new ArrayList<>(List.of(
                "timeout",
                "--signal=KILL",
                "120",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath,
                "io.signalbox.Signalbox"));
        List<String> settings = new ArrayList<>(List.of(
                "state=" + state(folder),
                "code=" + folder.resolve("code"),
                "python=" + folder.resolve("venv/bin/python"),
                "chat.console=off",
                "redis.uri=redis://127.0.0.1:1",
                "kafka.brokers=127.0.0.1:1"));
        settings.addAll(List.of(more));
        settings.forEach(setting -> argv.addAll(List.of("--set", setting)));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()));
        builder.environment().putAll(environment);
        return new BotProcess(folder, builder.start());
    }

    static Path state(Path folder) {
        return folder.resolve("state");
    }

    private static Path log(Path folder) {
        return folder.resolve("bot.log");
    }

    boolean isReady() {
        if (!guard.isAlive()) {
            throw new AssertionError("the bot has ended:\n" + said());
        }
        return Files.exists(state(folder).resolve("ready"));
    }

    boolean isAlive() {
        return guard.isAlive();
    }

    String said() {
        try {
            return Files.readString(log(folder));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM to the bot. */
    void end() {
        guard.children().forEach(ProcessHandle::destroy);
    }

    /** Its exit status, as a shell counts; the bot has half a minute to end. */
    int status() throws InterruptedException {
        if (!guard.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the bot does not end:\n" + said());
        }
        return guard.exitValue();
    }

    @Override
    public void close() {
        guard.descendants().forEach(ProcessHandle::destroyForcibly);
        guard.destroyForcibly();
    }
}
