package io.signalbox.run;

import io.signalbox.bus.CommandId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a run that nobody lives in.
 *
 * @param changed when something was last made or removed in it: its end, where it had one
 * @param bytes that its files hold
 */
record PastFolder(CommandId id, Instant changed, long bytes) {
    private static final Logger LOG = LoggerFactory.getLogger(PastFolder.class);

    /**
     * Empty where this is no run's folder, or somebody lives in it; one that cannot be read may have life in it, and must not
     * keep the others. Blocks.
     *
     * @param most that one file counts: beyond that its middle is a hole
     */
    static Optional<PastFolder> at(Path folder, long most) {
        String name = folder.getFileName().toString();
        if (!CommandId.isValid(name)) {
            return Optional.empty();
        }
        try {
            Instant changed = Files.getLastModifiedTime(folder).toInstant();
            return new RunFolder(folder).look().alive()
                    ? Optional.empty()
                    : Optional.of(new PastFolder(new CommandId(name), changed, bytes(folder, most)));
        } catch (IOException unreadable) {
            LOG.atWarn()
                    .addKeyValue("target", folder)
                    .addKeyValue("error", unreadable.getMessage())
                    .log("The folder of a run cannot be read and stays");
            return Optional.empty();
        }
    }

    private static long bytes(Path folder, long most) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Math.min(most, Files.size(file));
        }
        return bytes;
    }
}
