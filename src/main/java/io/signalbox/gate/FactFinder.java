package io.signalbox.gate;

import io.signalbox.notation.PlainText;
import io.signalbox.process.Ended;
import io.signalbox.runner.Invocation;
import io.signalbox.runner.Invocations;
import io.signalbox.runner.Redaction;
import io.signalbox.runner.Redactions;
import io.signalbox.runner.ShortRun;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystem;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Runs the catalog's planning playbook, which changes nothing, and takes the facts that it writes. */
final class FactFinder {
    /** Less than the time in which a yes must be acted on. */
    private static final Duration LIMIT = Approvals.FRESH.minusSeconds(30);

    private static final long MOST_BYTES = 256 << 10;
    private static final int LINES = 8;
    private static final String EVENTS = "events.jsonl";

    private final FileSystem files;
    private final ShortRun shortRun;
    private final Redactions redactions;
    private final Path home;

    /** {@code home}: the folder below which each planning has its own while it lasts. */
    FactFinder(FileSystem files, ShortRun shortRun, Redactions redactions, Path home) {
        this.files = files;
        this.shortRun = shortRun;
        this.redactions = redactions;
        this.home = home;
    }

    /** Fails with {@link Unplannable} where the playbook fails or pins nothing. */
    Future<Facts> find(Asked asked, Invocations invocations, SortedMap<String, String> commits, Path code) {
        if (asked.spec().plan().isEmpty()) {
            return Future.succeededFuture(Facts.NONE);
        }
        Path folder = home.resolve(asked.id().value());
        Path file = folder.resolve("facts.json");
        Invocation invocation = invocations.plan(asked.spec(), asked.instruction(), commits, code, file);
        return remove(folder)
                .compose(clean -> shortRun.of(invocation, folder, LIMIT))
                .compose(ended -> ended.succeeded() ? read(file) : failed(ended, folder))
                .eventually(() -> remove(folder));
    }

    private Future<Void> remove(Path folder) {
        return files.exists(folder.toString())
                .compose(there -> there ? files.deleteRecursive(folder.toString()) : Future.succeededFuture());
    }

    private Future<Facts> read(Path file) {
        return files.exists(file.toString()).compose(there -> {
            if (!there) {
                return Future.failedFuture(new Unplannable("The planning playbook wrote no facts."));
            }
            return files.props(file.toString())
                    .compose(props -> props.size() > MOST_BYTES
                            ? Future.failedFuture(new Unplannable("The planning playbook wrote " + props.size()
                                    + " bytes of facts; people look at them, and the audit log takes " + MOST_BYTES
                                    + " at most."))
                            : files.readFile(file.toString()).compose(FactFinder::parse));
        });
    }

    private static Future<Facts> parse(Buffer json) {
        try {
            return Future.succeededFuture(Facts.read(json.toString()));
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(
                    new Unplannable("The planning playbook wrote facts that cannot be read: " + e.getMessage()));
        }
    }

    private Future<Facts> failed(Ended ended, Path folder) {
        String events = folder.resolve(EVENTS).toString();
        Future<Optional<String>> event = files.exists(events)
                .compose(there -> there
                        ? files.readFile(events).map(lines -> failure(lines.toString()))
                        : Future.succeededFuture(Optional.empty()));
        return Future.all(event, redactions.current())
                .compose(both -> Future.failedFuture(unplannable(ended, both.resultAt(0), both.resultAt(1))));
    }

    private static Unplannable unplannable(Ended ended, Optional<String> event, Redaction redaction) {
        String reason = ended.timedOut()
                ? "Planning took longer than " + LIMIT.toSeconds() + " s and was ended."
                : event.map(found -> "Planning found: " + found)
                        .orElse("The planning playbook ended with exit status " + ended.code() + ".");
        return new Unplannable(redaction.clean(reason), event.isPresent() ? List.of() : lines(ended, redaction));
    }

    /** The last task that failed for good, with what it said. */
    private static Optional<String> failure(String lines) {
        return lines.lines()
                .map(FactFinder::event)
                .flatMap(Optional::stream)
                .filter(event -> List.of("failed", "unreachable").contains(event.getString("event", "")))
                .filter(event -> !event.getBoolean("ignored", false) && event.getString("msg") != null)
                .reduce((first, second) -> second)
                .map(event -> event.getString("msg").strip() + " (" + event.getString("task", "") + ", "
                        + event.getString("host", "") + ")");
    }

    private static Optional<JsonObject> event(String line) {
        try {
            return Optional.of(new JsonObject(line));
        } catch (DecodeException cutOff) {
            return Optional.empty();
        }
    }

    private static List<String> lines(Ended ended, Redaction redaction) {
        return PlainText.lastLines(redaction.clean(ended.output() + "\n" + ended.errors()), LINES);
    }
}
