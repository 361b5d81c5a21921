package io.signalbox;

import io.signalbox.catalog.Catalog;
import io.signalbox.config.Settings;
import io.signalbox.process.Children;
import io.signalbox.runner.ChildEnvironment;
import io.signalbox.runner.CodeCopies;
import io.signalbox.runner.Git;
import io.signalbox.runner.GitRefs;
import io.signalbox.runner.Invocations;
import io.signalbox.runner.PasteLine;
import io.signalbox.runner.Redactions;
import io.signalbox.runner.ShortRun;
import io.signalbox.runner.Workplace;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What gate, run and about need to make, start and show command lines. */
record Workshop(
        Workplace workplace,
        Children children,
        Git git,
        GitRefs refs,
        CodeCopies copies,
        Invocations invocations,
        ShortRun shortRun,
        Redactions redactions) {
    static Workshop of(Vertx vertx, Settings settings, Supplier<Catalog> catalog, InstantSource clock) {
        Workplace workplace = workplace(settings);
        ChildEnvironment environment = new ChildEnvironment(workplace, Map.copyOf(System.getenv()));
        Children children = new Children(vertx);
        Git git = new Git(vertx, children, workplace, environment);
        return new Workshop(
                workplace,
                children,
                git,
                new GitRefs(vertx, git),
                new CodeCopies(vertx, git, workplace, clock),
                new Invocations(catalog, workplace, environment),
                new ShortRun(vertx, children),
                new Redactions(vertx, workplace));
    }

    PasteLine pasteLine() {
        return new PasteLine(invocations);
    }

    private static Workplace workplace(Settings settings) {
        Path named = Optional.ofNullable(settings.python().getParent())
                .flatMap(bin -> Optional.ofNullable(bin.getParent()))
                .orElseThrow(() -> new IllegalArgumentException(settings.python() + " lies in no venv"));
        Path venv = now(named);
        return new Workplace(
                settings.code(),
                settings.catalog().stream()
                        .map(file -> settings.code().relativize(file).toString())
                        .toList(),
                settings.state(),
                venv.resolve(named.relativize(settings.python())),
                venv.resolveSibling("collections"),
                settings.run().environment(),
                settings.run().environmentFiles(),
                settings.run().sshKey(),
                settings.repositories().urls());
    }

    /** In the release that a link names now: it may name another one while a run is under way. */
    private static Path now(Path venv) {
        try {
            return venv.resolveSibling(".").toRealPath().resolve(venv.getFileName());
        } catch (IOException notThere) {
            return venv;
        }
    }
}
