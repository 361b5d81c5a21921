package io.signalbox.runner;

import io.signalbox.process.Ended;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** The bare copy of one repository: all its branches and tags as they were at the last fetch. */
final class Mirror {
    private final Vertx vertx;
    private final Git git;
    private final String url;
    private final Path folder;
    private final AtomicReference<@Nullable Future<Void>> fetching = new AtomicReference<>();

    Mirror(Vertx vertx, Git git, String url) {
        this.vertx = vertx;
        this.git = git;
        this.url = url;
        this.folder = git.home().resolve(DigestUtils.sha256Hex(url).substring(0, 16) + ".git");
    }

    /** One fetch for all who ask while it is under way. */
    Future<Void> fetch() {
        Future<Void> underWay = fetching.get();
        if (underWay != null) {
            return underWay;
        }
        Promise<Void> promise = Promise.promise();
        Future<Void> mine = promise.future();
        if (!fetching.compareAndSet(null, mine)) {
            return fetch();
        }
        freshen()
                .eventually(() -> {
                    fetching.set(null);
                    return Future.succeededFuture();
                })
                .onComplete(promise);
        return mine;
    }

    /** What git says in this mirror, whatever its exit status is. */
    Future<Ended> git(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--git-dir=" + folder));
        all.addAll(List.of(arguments));
        return git.run(all);
    }

    private Future<Void> freshen() {
        return init().compose(done -> pull())
                .recover(failure -> isOurs(failure)
                        ? remove().compose(removed -> init()).compose(done -> pull())
                        : Future.failedFuture(failure));
    }

    /** A fetch that was killed leaves a lock or half an object: the mirror is only a copy, and is made anew. */
    private static boolean isOurs(Throwable failure) {
        String message = Objects.toString(failure.getMessage(), "");
        return List.of(".lock'", "bad object", "corrupt", "not a git repository: ", "unable to read").stream()
                .anyMatch(message::contains);
    }

    private Future<Void> init() {
        return git("init", "--quiet", "--bare", "--template=", "--initial-branch=none")
                .compose(this::checked);
    }

    private Future<Void> pull() {
        return git(
                        "fetch",
                        "--quiet",
                        "--prune",
                        "--force",
                        "--no-tags",
                        "--no-recurse-submodules",
                        "--no-write-fetch-head",
                        "--end-of-options",
                        url,
                        "+refs/heads/*:refs/heads/*",
                        "+refs/tags/*:refs/tags/*")
                .compose(this::checked);
    }

    private Future<Void> checked(Ended ended) {
        if (ended.succeeded()) {
            return Future.succeededFuture();
        }
        String why = ended.timedOut() ? "it took too long" : ended.errors().strip();
        return Future.failedFuture(new IOException(
                "the repository " + shown(url) + " cannot be fetched: " + why.replace(url, shown(url))));
    }

    private Future<Void> remove() {
        return vertx.executeBlocking(
                () -> {
                    if (Files.exists(folder)) {
                        Folders.delete(folder);
                    }
                    return null;
                },
                false);
    }

    /** Without the password that a URL may hold. */
    static String shown(String url) {
        return url.replaceFirst("://[^/@]*@", "://");
    }
}
