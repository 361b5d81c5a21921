package io.signalbox.runner;

import io.signalbox.notation.PlainText;
import io.signalbox.process.Ended;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** The bare copy of one repository: all its branches and tags as they were at the last fetch. */
final class Mirror {
    private static final int LINES = 6;

    private final Vertx vertx;
    private final Git git;
    private final String url;
    private final Path folder;
    private boolean underWay;
    private @Nullable Promise<Void> waiting;

    Mirror(Vertx vertx, Git git, String url) {
        this.vertx = vertx;
        this.git = git;
        this.url = url;
        this.folder = git.home().resolve(DigestUtils.sha256Hex(url).substring(0, 16) + ".git");
    }

    /** A fetch that begins now or later: one under way may have missed what was pushed since. All who wait share one. */
    Future<Void> fetch() {
        Promise<Void> turn;
        synchronized (this) {
            turn = waiting == null ? Promise.promise() : waiting;
            waiting = turn;
        }
        next();
        return turn.future();
    }

    private void next() {
        Promise<Void> turn;
        synchronized (this) {
            turn = waiting;
            if (underWay || turn == null) {
                return;
            }
            waiting = null;
            underWay = true;
        }
        freshen().onComplete(done -> over()).onComplete(turn);
    }

    private void over() {
        synchronized (this) {
            underWay = false;
        }
        next();
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
        return failure instanceof Unfetched unfetched
                && List.of(".lock'", "bad object", "corrupt", "not a git repository: ", "unable to read").stream()
                        .anyMatch(unfetched.errors::contains);
    }

    /** Its message is for people; {@code errors} is all that git said. */
    private static final class Unfetched extends IOException {
        private static final long serialVersionUID = 1L;

        private final String errors;

        Unfetched(String message, String errors) {
            super(message);
            this.errors = errors;
        }
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
        String said = ended.errors().replace(url, shown(url));
        String why = ended.timedOut() ? "it took too long" : String.join(" / ", PlainText.lastLines(said, LINES));
        return Future.failedFuture(
                new Unfetched("the repository " + shown(url) + " cannot be fetched: " + why, ended.errors()));
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
