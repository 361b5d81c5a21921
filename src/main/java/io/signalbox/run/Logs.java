package io.signalbox.run;

import io.signalbox.bus.CommandId;
import io.signalbox.runner.Redaction;
import io.signalbox.runner.Redactions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What runs have printed, as people may see it. */
final class Logs {
    private static final int MOST = 200;

    private final Vertx vertx;
    private final RunFolders folders;
    private final Redactions redactions;

    /**
     * The end of a log.
     *
     * @param kept whether the run's folder is still there
     * @param size of the whole file, in bytes
     */
    record End(Path file, boolean kept, long size, List<String> lines) {
        End last(int most) {
            return new End(file, kept, size, lines.subList(Math.max(0, lines.size() - most), lines.size()));
        }
    }

    Logs(Vertx vertx, RunFolders folders, Redactions redactions) {
        this.vertx = vertx;
        this.folders = folders;
        this.redactions = redactions;
    }

    /** Empty where nothing was printed, or the folder is gone. */
    Future<End> of(CommandId id) {
        Path file = new RunFolder(folders.of(id)).output();
        return redactions.current().compose(redaction -> vertx.executeBlocking(() -> read(file, redaction), false));
    }

    private static End read(Path file, Redaction redaction) throws IOException {
        List<String> lines = LastLines.of(redaction.clean(LastLines.text(file)), MOST);
        return new End(file, Files.exists(file.resolveSibling(".")), Files.exists(file) ? Files.size(file) : 0, lines);
    }
}
