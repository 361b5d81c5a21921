package io.signalbox.gate;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Template;
import io.signalbox.runner.CodeCopies;
import io.signalbox.runner.CodeCopy;
import io.signalbox.runner.GitRefs;
import io.signalbox.runner.Invocations;
import io.signalbox.runner.NotRunnable;
import io.signalbox.runner.Redactions;
import io.signalbox.runner.RefNotFound;
import io.signalbox.runner.ShortRun;
import io.signalbox.runner.Workplace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pins what a command will do: commits, playbooks, facts. Starts only what reads; two plans at most are made at once. */
public final class Planner {
    private static final int AT_ONCE = 2;

    private final Path project;
    private final References references;
    private final CodeCopies copies;
    private final FactFinder facts;
    private final Summary summary;
    private final boolean dirtyAllowed;
    private final Turnstile turnstile = new Turnstile(AT_ONCE);

    /** {@code dirtyAllowed}: in a demo playbooks may differ from what is committed, which the plan then says. */
    public Planner(
            Vertx vertx,
            Supplier<Catalog> catalog,
            Workplace workplace,
            GitRefs git,
            CodeCopies copies,
            Invocations invocations,
            ShortRun shortRun,
            Redactions redactions,
            boolean dirtyAllowed) {
        this.project = workplace.code();
        this.references = new References(catalog, workplace.repositories(), git);
        this.copies = copies;
        this.facts = new FactFinder(
                vertx.fileSystem(),
                invocations,
                shortRun,
                redactions,
                workplace.state().resolve("plans"));
        this.summary = new Summary(git, workplace.repositories());
        this.dirtyAllowed = dirtyAllowed;
    }

    /** Fails only for what is neither the person's nor the catalog's doing. */
    Future<Planned> plan(CommandId id, CommandSpec spec, Instruction instruction) {
        return turnstile.pass(() -> make(id, spec, instruction)).recover(Planner::impossible);
    }

    private static Future<Planned> impossible(Throwable failure) {
        List<String> help = failure instanceof Unplannable unplannable ? unplannable.help() : List.of();
        boolean known = failure instanceof Unplannable
                || failure instanceof RefNotFound
                || failure instanceof NotRunnable
                || failure instanceof IOException;
        return known
                ? Future.succeededFuture(
                        new Planned.Impossible(new Verdict.Refused("plan", sentence(failure.getMessage()), help)))
                : Future.failedFuture(failure);
    }

    private Future<Planned> make(CommandId id, CommandSpec spec, Instruction instruction) {
        SortedMap<String, String> repositories = references.repositories(instruction);
        return Future.all(references.resolve(instruction), copies.current()).compose(both -> {
            SortedMap<String, String> commits = both.resultAt(0);
            CodeCopy code = both.resultAt(1);
            if (code.dirty() && !dirtyAllowed) {
                return Future.failedFuture(new Unplannable(
                        "Playbooks or catalog hold changes that are not committed, so nobody could say later what ran.",
                        List.of("Commit them in " + project + " and say it again.")));
            }
            return facts.find(id, spec, instruction, commits, code.folder())
                    .compose(found -> pin(id, spec, instruction, repositories, commits, code, found));
        });
    }

    private Future<Planned> pin(
            CommandId id,
            CommandSpec spec,
            Instruction instruction,
            SortedMap<String, String> repositories,
            SortedMap<String, String> commits,
            CodeCopy code,
            Facts found) {
        if (found.refused().isPresent()) {
            return Future.failedFuture(new Unplannable(found.refused().get()));
        }
        List<String> consequences = spec.consequences().stream()
                .map(template -> Template.fill(template, instruction.arguments()))
                .toList();
        String digest = Digest.of(id, instruction, code.hash(), commits, repositories, found.value(), consequences);
        return summary.of(instruction, repositories, commits, code, found)
                .map(lines -> new Planned.Made(
                        new Plan(digest, code.hash(), commits, repositories, found.canonical(), consequences, lines)));
    }

    private static String sentence(@Nullable String message) {
        String text = message == null || message.isBlank() ? "it failed without a word" : message;
        String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }
}
