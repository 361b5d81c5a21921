package io.signalbox;

import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.catalog.Check;
import io.signalbox.catalog.CurrentCatalog;
import io.signalbox.config.BadSettings;
import io.signalbox.config.Settings;
import io.signalbox.config.SettingsReader;
import io.signalbox.systemd.Supervisor;
import io.signalbox.update.Installed;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The bot's main: without a word it is the bot. */
@Command(
        name = "signalbox",
        mixinStandardHelpOptions = true,
        versionProvider = Signalbox.Version.class,
        subcommands = {AuditWord.class, BrainWord.class})
public final class Signalbox implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Signalbox.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "settings in YAML; of several the later wins")
    private List<Path> files = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            description = "one setting, over all files")
    private List<String> overrides = List.of();

    public static void main(String[] args) {
        System.exit(line().execute(args));
    }

    /** What the words after {@code signalbox} mean. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new Signalbox())
                .setExecutionExceptionHandler((failure, at, parsed) -> refuse(failure, at.getErr()));
        // Words of the catalog may look like options, as in deploy backend staging --replace.
        Objects.requireNonNull(line.getSubcommands().get("explain")).setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    /** What a person can mend is told without a stack trace. */
    private static int refuse(Exception thrown, PrintWriter errors) {
        Throwable failure =
                thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        boolean mendable =
                failure instanceof BadSettings || failure instanceof BadCatalog || failure instanceof IOException;
        if (mendable) {
            errors.println("signalbox: " + failure.getMessage());
        } else {
            LOG.atError().setCause(failure).log("Signalbox ends on something nobody expected");
        }
        return 1;
    }

    Settings settings() {
        return SettingsReader.read(files, System.getenv(), overrides);
    }

    private static CatalogLoader loader(Settings settings) {
        return new CatalogLoader(settings.code(), settings.catalog(), settings.times(), new Sayable());
    }

    /** Serves until it is told to end. */
    @Override
    public Integer call() throws Exception {
        // A quarter of the time to the first answer, on another core than that which reads settings and catalog.
        CompletableFuture<Vertx> begun = CompletableFuture.supplyAsync(Vertx::vertx);
        Settings settings = settings();
        CurrentCatalog catalog = new CurrentCatalog(loader(settings));
        Optional<Installed> installed = installed(settings);
        Supervisor supervisor = Supervisor.of(System.getenv());
        StateFolder state = StateFolder.take(settings.state());
        Vertx vertx = begun.get();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(supervisor, vertx, state, ended), "end"));
        new Bot(
                        vertx,
                        settings,
                        catalog,
                        state.home(),
                        installed,
                        () -> new Thread(() -> System.exit(0), "leave").start())
                .start()
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        state.ready();
        supervisor.ready(vertx, "Ready: signalbox " + version());
        LOG.atInfo().log("Ready");
        ended.await();
        return 0;
    }

    private static Optional<Installed> installed(Settings settings) throws IOException {
        return settings.release().isPresent()
                ? Optional.of(Installed.of(settings.release().get(), code()))
                : Optional.empty();
    }

    /** What this process was loaded from: a jar, or a folder of classes. */
    private static Path code() throws IOException {
        try {
            return Path.of(Signalbox.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException unheardOf) {
            throw new IOException(unheardOf);
        }
    }

    /** Runs go on without the bot, so nothing is worth waiting for ever. */
    private static void end(Supervisor supervisor, Vertx vertx, StateFolder state, CountDownLatch ended) {
        supervisor.stopping("Ending; runs go on");
        try {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)
                    .join();
            state.leave();
        } catch (IOException | RuntimeException failure) {
            LOG.atError().addKeyValue("error", failure.getMessage()).log("The bot did not end cleanly");
        }
        ended.countDown();
    }

    @Command(name = "check", description = "Whether settings and catalog are right; every mistake with its place.")
    int check() {
        return Check.run(loader(settings()), System.out, System.err) ? 0 : 1;
    }

    @Command(name = "explain", description = "The line that does by hand what these words would do.")
    int explain(@Parameters(paramLabel = "WORD", arity = "1..*") List<String> words) throws BadCatalog {
        Settings settings = settings();
        CurrentCatalog catalog = new CurrentCatalog(loader(settings));
        Vertx vertx = Vertx.vertx();
        Workshop workshop = Workshop.of(vertx, settings, catalog, Clock.systemUTC());
        Explanation.Explained explained = new Explanation(catalog, workshop.pasteLine()).of(String.join(" ", words));
        explained.lines().forEach(System.out::println);
        return explained.understood() ? 0 : 1;
    }

    static String version() {
        return Optional.ofNullable(Signalbox.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** For {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"signalbox " + version()};
        }
    }
}
