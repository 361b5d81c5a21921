package io.signalbox;

import io.signalbox.audit.Anchors;
import io.signalbox.audit.Criteria;
import io.signalbox.audit.Head;
import io.signalbox.audit.LogTransfer;
import io.signalbox.audit.Show;
import io.signalbox.audit.Tail;
import io.signalbox.audit.Verify;
import io.signalbox.brain.Brain;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Events;
import io.signalbox.config.Settings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code signalbox audit …}: reads the log with the rights of whoever starts it, beside a running bot or without. */
@Command(name = "audit", description = "Reads the audit log.")
final class AuditWord {
    @ParentCommand
    private @Nullable Signalbox signalbox;

    @Command(name = "tail", description = "Prints the records for people, one line each.")
    int tail(
            @Option(names = "--follow", description = "goes on with what comes") boolean follow,
            @Option(
                            names = "--command",
                            paramLabel = "ID",
                            converter = AuditOptions.Id.class,
                            description = "of one command")
                    @Nullable
                    CommandId command,
            @Option(
                            names = "--person",
                            paramLabel = "NAME|ID",
                            converter = AuditOptions.Words.class,
                            description = "of the commands that somebody took part in")
                    @Nullable
                    String person,
            @Option(
                            names = "--environment",
                            paramLabel = "NAME",
                            converter = AuditOptions.Words.class,
                            description = "of the commands about an environment")
                    @Nullable
                    String environment,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            converter = AuditOptions.Moment.class,
                            description = "not older than 30m, 2h or 7d, or than a time like 2026-11-21T10:15:30Z")
                    @Nullable
                    Instant since,
            @Option(names = "--json", description = "the records as they are") boolean json) {
        Criteria criteria = new Criteria(
                Optional.ofNullable(command),
                Optional.ofNullable(person),
                Optional.ofNullable(environment),
                Optional.ofNullable(since));
        return new Tail(settings().kafka(), System.out, System.err).print(new Tail.Wish(follow, json, criteria));
    }

    @Command(name = "show", description = "Prints the life of one command.")
    int show(@Parameters(paramLabel = "ID", converter = AuditOptions.Id.class) CommandId command) {
        return new Show(settings().kafka(), System.out, System.err).print(command);
    }

    @Command(name = "verify", description = "Whether the log is what was written: every record, and its end.")
    int verify(
            @Option(
                            names = "--anchor",
                            paramLabel = "NUMBER:HASH",
                            converter = AuditOptions.Noted.class,
                            description = "a record's hash, or its beginning, noted outside of log and brain")
                    @Nullable
                    List<Head> noted)
            throws InterruptedException {
        Settings settings = settings();
        List<Head> anchors = new ArrayList<>(noted == null ? List.of() : noted);
        anchors.addAll(ofTheBrain(settings));
        return new Verify(settings.kafka(), System.out, System.err).print(anchors);
    }

    /** Read before the log is, so that the log must hold it. */
    private static List<Head> ofTheBrain(Settings settings) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            Brain brain = Bot.brain(vertx, settings.redis(), Clock.systemUTC(), new Events(vertx.eventBus()));
            return Anchors.ofTheBrain(brain, settings.kafka().topic())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException failure) {
            System.err.println("The brain's own note of the log's end cannot be compared: "
                    + Objects.requireNonNull(failure.getCause()).getMessage());
            return List.of();
        } finally {
            vertx.close();
        }
    }

    private Settings settings() {
        return Objects.requireNonNull(signalbox).settings();
    }

    @Command(name = "export", description = "Writes the whole log, byte for byte, to a new file.")
    int export(@Parameters(paramLabel = "FILE") Path file) {
        return new LogTransfer(settings().kafka(), System.out, System.err).export(file, Instant.now());
    }

    @Command(
            name = "import",
            description = "Fills an empty topic from such a file, and verifies it. Stop the bot before.")
    int restore(@Parameters(paramLabel = "FILE") Path file) {
        return new LogTransfer(settings().kafka(), System.out, System.err).restore(file);
    }
}
