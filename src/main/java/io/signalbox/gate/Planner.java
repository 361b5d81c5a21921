package io.signalbox.gate;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.ArgumentType;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Pins what a command will do: commits, playbooks, facts. Starts only what reads; two plans at most are made at once. */
public final class Planner {
    private static final int AT_ONCE = 2;

    private final Catalog catalog;
    private final Workplace workplace;
    private final GitRefs git;
    private final CodeCopies copies;
    private final FactFinder facts;
    private final Summary summary;
    private final boolean dirtyAllowed;
    private final Turnstile turnstile = new Turnstile(AT_ONCE);

    /** {@code dirtyAllowed}: in a demo playbooks may differ from what is committed, which the plan then says. */
    public Planner(
            Vertx vertx,
            Catalog catalog,
            Workplace workplace,
            GitRefs git,
            CodeCopies copies,
            Invocations invocations,
            ShortRun shortRun,
            Redactions redactions,
            boolean dirtyAllowed) {
        this.catalog = catalog;
        this.workplace = workplace;
        this.git = git;
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
        SortedMap<String, String> repositories = repositories(instruction);
        return Future.all(resolve(instruction, repositories), copies.current()).compose(both -> {
            SortedMap<String, String> commits = both.resultAt(0);
            CodeCopy code = both.resultAt(1);
            if (code.dirty() && !dirtyAllowed) {
                return Future.failedFuture(new Unplannable(
                        "Playbooks or catalog hold changes that are not committed, so nobody could say later what ran.",
                        List.of("Commit them in " + workplace.code() + " and say it again.")));
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
        String digest =
                Digest.of(id, instruction, code.hash(), commits, repositories, found.value(), consequences);
        return summary.of(instruction, repositories, commits, code, found)
                .map(lines -> new Planned.Made(new Plan(
                        digest, code.hash(), commits, repositories, found.canonical(), consequences, lines)));
    }

    /** The repository of each git reference that was said, by argument. */
    private SortedMap<String, String> repositories(Instruction instruction) {
        SortedMap<String, String> repositories = new TreeMap<>();
        instruction.arguments().keySet().forEach(argument -> {
            ArgumentType type = catalog.arguments().get(argument);
            if (type != null && type.form() == ArgumentType.Form.GIT_REF) {
                String name = type.repository()
                        .orElseThrow(() ->
                                new Unplannable("The catalog names no repository for the argument " + argument + "."));
                String url = workplace.repositories().get(name);
                if (url == null) {
                    throw new Unplannable(
                            "No repository is called " + name + ".", List.of("The setting repositories." + name + " names it."));
                }
                repositories.put(argument, url);
            }
        });
        return repositories;
    }

    private Future<SortedMap<String, String>> resolve(Instruction instruction, Map<String, String> repositories) {
        SortedMap<String, String> commits = new TreeMap<>();
        List<Future<String>> asked = new ArrayList<>();
        repositories.forEach((argument, url) -> asked.add(git.resolve(url, instruction.arguments().get(argument))
                .onSuccess(commit -> commits.put(argument, commit))));
        return Future.all(asked).map(all -> commits);
    }

    private static String sentence(String text) {
        String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }
}
