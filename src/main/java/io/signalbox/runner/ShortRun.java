package io.signalbox.runner;

import io.signalbox.process.Children;
import io.signalbox.process.Ended;
import io.signalbox.process.ProcessSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Runs something read-only to its end while somebody waits, as planning does; it does not outlive the bot. */
public final class ShortRun {
    private static final int OUTPUT_LIMIT = 256 * 1024;

    private final Vertx vertx;
    private final Children children;
    private final VarsFile varsFile;

    public ShortRun(Vertx vertx, Children children) {
        this.vertx = vertx;
        this.children = children;
        this.varsFile = new VarsFile(vertx);
    }

    /** Writes the variables to {@code folder}, which is made where it is missing, then runs. */
    public Future<Ended> of(Invocation invocation, Path folder, Duration timeout) {
        return varsFile.write(folder, invocation.vars())
                .compose(written -> environment(invocation))
                .compose(environment -> children.run(
                        new ProcessSpec(invocation.argv(), environment, invocation.folder(), timeout, OUTPUT_LIMIT)));
    }

    private Future<Map<String, String>> environment(Invocation invocation) {
        Map<String, String> environment = new HashMap<>(invocation.environment());
        return Future.all(invocation.environmentFiles().entrySet().stream()
                        .map(each -> vertx.fileSystem()
                                .readFile(each.getValue().toString())
                                .onSuccess(
                                        value -> environment.put(each.getKey(), withoutLastNewline(value.toString()))))
                        .toList())
                .map(all -> environment);
    }

    private static String withoutLastNewline(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
