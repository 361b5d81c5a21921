package io.signalbox.runner;

import io.signalbox.catalog.Quoted;
import io.signalbox.notation.PlainText;
import io.signalbox.process.Ended;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Says which commit a branch, a tag or an abbreviated commit of a repository is now. Futures fail with {@link RefNotFound}
 * where it is none, with an {@link IOException} where the repository cannot be reached.
 */
public final class GitRefs {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern PART_OF_COMMIT = Pattern.compile("[0-9a-f]{7,40}");
    /** What git itself forbids in a name, and with it every way to say more than a name. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("^$|^[-./]|[/.]$|\\.\\.|//|/\\.|@\\{|^@$|\\.lock(/|$)|[\\x00-\\x20\\x7f~^:?*\\[\\\\]");

    private final Vertx vertx;
    private final Git git;
    private final Map<String, Mirror> mirrors = new ConcurrentHashMap<>();

    public GitRefs(Vertx vertx, Git git) {
        this.vertx = vertx;
        this.git = git;
    }

    /** The 40 hexadecimal digits of the commit; {@code heads/x} and {@code tags/x} tell a branch from a tag. */
    public Future<String> resolve(String repository, String ref) {
        if (FORBIDDEN.matcher(ref).find()) {
            return Future.failedFuture(
                    new RefNotFound(Quoted.of(ref) + " cannot be a git reference: say a branch, a tag or a commit"));
        }
        Mirror mirror = mirror(repository);
        return mirror.fetch()
                .compose(fetched -> Future.all(
                        commit(mirror, "refs/heads/" + ref),
                        commit(mirror, "refs/tags/" + ref),
                        commit(mirror, "refs/" + ref)))
                .compose(found -> choose(mirror, ref, found.resultAt(0), found.resultAt(1), found.resultAt(2)));
    }

    /** What lies between two commits, newest first, at most {@code most} lines: {@code 3f2a9c1 words (author)}. */
    public Future<List<String>> between(String repository, String from, String to, int most) {
        if (!COMMIT.matcher(from).matches() || !COMMIT.matcher(to).matches()) {
            return Future.failedFuture(new RefNotFound("a commit is 40 hexadecimal digits"));
        }
        Mirror mirror = mirror(repository);
        return log(mirror, from, to, most)
                .compose(ended -> ended.succeeded()
                        ? Future.succeededFuture(ended)
                        : mirror.fetch().compose(fetched -> log(mirror, from, to, most)))
                .compose(ended -> ended.succeeded()
                        ? Future.succeededFuture(lines(ended))
                        : Future.failedFuture(new RefNotFound("the repository " + Mirror.shown(repository)
                                + " no longer has both of the commits " + from + " and " + to)));
    }

    /** What git calls a line: a commit's subject may hold other characters that end one. */
    private static List<String> lines(Ended ended) {
        return Arrays.stream(ended.output().split("\n"))
                .map(PlainText::line)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private Mirror mirror(String repository) {
        return mirrors.computeIfAbsent(repository, url -> new Mirror(vertx, git, url));
    }

    private static Future<String> choose(
            Mirror mirror, String ref, Optional<String> branch, Optional<String> tag, Optional<String> full) {
        if (branch.isPresent() && tag.isPresent() && !branch.equals(tag)) {
            return Future.failedFuture(
                    new RefNotFound("'" + ref + "' is both a branch and a tag: say heads/" + ref + " or tags/" + ref));
        }
        return branch.or(() -> tag).or(() -> full).map(Future::succeededFuture).orElseGet(() -> byPart(mirror, ref));
    }

    /** A commit counts only where a branch or a tag leads to it: others are left over from what was taken back. */
    private static Future<String> byPart(Mirror mirror, String ref) {
        if (!PART_OF_COMMIT.matcher(ref).matches()) {
            return nowhere(mirror, ref);
        }
        return commit(mirror, ref)
                .compose(found -> found.map(commit -> mirror.git(
                                        "for-each-ref", "--count=1", "--contains=" + commit, "--format=%(refname)")
                                .compose(refs ->
                                        refs.succeeded() && !refs.output().isBlank()
                                                ? Future.succeededFuture(commit)
                                                : nowhere(mirror, ref)))
                        .orElseGet(() -> nowhere(mirror, ref)));
    }

    private static <T> Future<T> nowhere(Mirror mirror, String ref) {
        return mirror.git(
                        "for-each-ref",
                        "--count=5",
                        "--sort=-committerdate",
                        "--format=%(refname:short)",
                        "refs/heads/")
                .compose(newest ->
                        Future.failedFuture(new RefNotFound("there is no branch, tag or commit " + Quoted.of(ref)
                                + " in the repository; its newest branches: " + String.join(", ", lines(newest)))));
    }

    private static Future<Optional<String>> commit(Mirror mirror, String name) {
        return mirror.git("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
                .map(ended -> Optional.of(ended.output().strip())
                        .filter(commit ->
                                ended.succeeded() && COMMIT.matcher(commit).matches()));
    }

    private static Future<Ended> log(Mirror mirror, String from, String to, int most) {
        return mirror.git(
                "log", "--no-decorate", "--no-color", "--format=%h %s (%an)", "--max-count=" + most, from + ".." + to);
    }
}
