package io.signalbox;

import io.signalbox.brain.BadSnapshot;
import io.signalbox.brain.BrainUnavailable;
import io.signalbox.brain.Connection;
import io.signalbox.brain.Transfer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code signalbox brain …}: takes the brain from one Redis to another by way of a file. */
@Command(name = "brain", description = "Writes the brain to a file, fills an empty one from it, and compares the two.")
final class BrainWord {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OUTPUT = "-";

    @ParentCommand
    private @Nullable Signalbox signalbox;

    /** What is asked of a brain; returns the exit status. */
    private interface Deed {
        int on(Transfer brain) throws IOException;
    }

    @Command(
            name = "export",
            description = "Writes the brain, as it is at one moment, to a new file, or - for the output.")
    int export(@Parameters(paramLabel = "FILE") String file) {
        return with(brain -> {
            if (file.equals(OUTPUT)) {
                print(brain);
            } else {
                System.out.println(brain.export(Path.of(file), Instant.now()));
            }
            return 0;
        });
    }

    /** A whole export or nothing: it is complete before its first line is printed. */
    private static void print(Transfer brain) throws IOException {
        Path folder = Files.createTempDirectory("signalbox-brain-");
        Path file = folder.resolve("export");
        try {
            String done = brain.export(file, Instant.now());
            Files.copy(file, System.out);
            System.out.flush();
            System.err.println(done);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    @Command(name = "import", description = "Fills an empty brain from such a file, and compares them.")
    int restore(@Parameters(paramLabel = "FILE") Path file) {
        return with(brain -> {
            System.out.println(brain.restore(file));
            return 0;
        });
    }

    @Command(name = "verify", description = "Whether the brain is what such a file holds; names each key that is not.")
    int verify(@Parameters(paramLabel = "FILE") Path file) {
        return with(brain -> {
            List<String> differences = brain.differences(file);
            differences.forEach(System.err::println);
            if (differences.isEmpty()) {
                System.out.println("The brain is what " + file + " holds.");
            }
            return differences.isEmpty() ? 0 : 2;
        });
    }

    private int with(Deed deed) {
        Vertx vertx = Vertx.vertx();
        try {
            return deed.on(new Transfer(Connection.of(
                    vertx, Objects.requireNonNull(signalbox).settings().redis(), LIMIT)));
        } catch (BadSnapshot | BrainUnavailable refusal) {
            System.err.println("signalbox: " + refusal.getMessage());
            return 1;
        } catch (NoSuchFileException gone) {
            System.err.println("signalbox: " + gone.getFile() + " is not there");
            return 1;
        } catch (IOException failure) {
            System.err.println("signalbox: " + failure);
            return 1;
        } finally {
            vertx.close();
        }
    }
}
