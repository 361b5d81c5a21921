package io.signalbox.runner;

import io.signalbox.process.Children;
import io.signalbox.process.Ended;
import io.signalbox.process.ProcessSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The program git, which asks nobody, runs no hook and speaks only protocols that execute nothing. */
public final class Git {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int OUTPUT_LIMIT = 1 << 20;
    /** Letters and the blank before each name that {@code git status} prints. */
    private static final int STATUS = 3;

    private final Vertx vertx;
    private final Children children;
    private final Path home;
    private final Map<String, String> environment;

    public Git(Vertx vertx, Children children, Workplace workplace, ChildEnvironment environment) {
        this.vertx = vertx;
        this.children = children;
        this.home = workplace.state().resolve("git");
        Map<String, String> own = new HashMap<>(environment.plain());
        own.put("GIT_ALLOW_PROTOCOL", "file:https:ssh");
        own.put("GIT_TERMINAL_PROMPT", "0");
        own.put("GIT_CONFIG_GLOBAL", configuration().toString());
        own.put("GIT_OPTIONAL_LOCKS", "0");
        own.put("LANG", "C.UTF-8");
        this.environment = Map.copyOf(own);
    }

    /** The folder of the mirrors. */
    Path home() {
        return home;
    }

    /**
     * The files below {@code parts} that differ from what is committed, or are not committed because git ignores them;
     * none in a folder without a repository.
     */
    Future<List<String>> uncommitted(Path code, List<String> parts) {
        Future<List<String>> there = vertx.executeBlocking(
                () -> parts.stream()
                        .filter(part -> Files.exists(code.resolve(part)))
                        .toList(),
                false);
        return there.compose(existing -> {
                    List<String> arguments = new ArrayList<>(List.of(
                            "-C",
                            code.toString(),
                            "status",
                            "--porcelain",
                            "-z",
                            "--no-renames",
                            "--untracked-files=all",
                            "--ignored=traditional",
                            "--"));
                    arguments.addAll(existing);
                    return run(arguments);
                })
                .compose(ended -> {
                    if (ended.succeeded()) {
                        return Future.succeededFuture(
                                Arrays.stream(ended.output().split("\0"))
                                        .filter(entry -> entry.length() > STATUS)
                                        .map(entry -> entry.substring(STATUS))
                                        .toList());
                    }
                    return ended.errors().contains("not a git repository")
                            ? Future.succeededFuture(List.of())
                            : Future.failedFuture(new IOException(
                                    "git cannot tell whether " + code + " holds changes that are not committed: "
                                            + ended.errors().strip()));
                });
    }

    /** The commit that {@code folder} is at, shortened; empty where that cannot be told. */
    public Future<String> head(Path folder) {
        return run(List.of("-C", folder.toString(), "rev-parse", "--short", "HEAD"))
                .map(ended -> ended.succeeded() ? ended.output().strip() : "")
                .otherwise("");
    }

    /** Whatever its exit status is; fails where git cannot be started. */
    Future<Ended> run(List<String> arguments) {
        List<String> argv =
                new ArrayList<>(List.of("git", "-c", "core.hooksPath=/dev/null", "-c", "gc.autoDetach=false"));
        argv.addAll(arguments);
        return ready().compose(done -> children.run(new ProcessSpec(argv, environment, home, LIMIT, OUTPUT_LIMIT)));
    }

    private Path configuration() {
        return home.resolve("config");
    }

    /**
     * A file, since git's own helpers on the other end of a pipe do not get what is said in variables; and read by them as
     * the account's own, which the repositories of others need.
     */
    private Future<Void> ready() {
        return vertx.executeBlocking(
                () -> {
                    if (!Files.exists(configuration())) {
                        Files.createDirectories(home);
                        Path unfinished = home.resolve("config-" + UUID.randomUUID());
                        Files.writeString(unfinished, """
                                [safe]
                                \tdirectory = *
                                [include]
                                \tpath = ~/.gitconfig
                                """);
                        Files.move(unfinished, configuration(), StandardCopyOption.ATOMIC_MOVE);
                    }
                    return null;
                },
                false);
    }
}
