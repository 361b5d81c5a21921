package io.signalbox.gate;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Outlook;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.Template;
import io.signalbox.notation.PlainText;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pins what a command will do: commits, playbooks, facts. Starts only what reads, and few at once. */
public final class Planner implements Planning {
    private static final int AT_ONCE = 2;
    /** Of a reason: git, Ansible and AWS word it, and a person is to read it. */
    private static final int LONGEST = 1000;

    private final Supplier<Catalog> catalog;
    private final Invocations invocations;
    private final Path project;
    private final References references;
    private final CodeCopies copies;
    private final FactFinder facts;
    private final Summary summary;
    private final boolean dirtyAllowed;
    private final Turnstile fresh = new Turnstile(AT_ONCE);
    private final Turnstile agreed = new Turnstile(1);

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
        this.catalog = catalog;
        this.invocations = invocations;
        this.project = workplace.code();
        this.references = new References(workplace.repositories(), git);
        this.copies = copies;
        this.facts = new FactFinder(
                vertx.fileSystem(), shortRun, redactions, workplace.state().resolve("plans"));
        this.summary = new Summary(git, workplace.repositories());
        this.dirtyAllowed = dirtyAllowed;
    }

    @Override
    public Future<Planned> plan(Asked asked) {
        return fresh.pass(() -> make(asked)).recover(Planner::impossible);
    }

    @Override
    public Future<Planned> planAnew(Asked asked) {
        return agreed.pass(() -> make(asked)).recover(Planner::impossible);
    }

    private static Future<Planned> impossible(Throwable failure) {
        List<String> help = failure instanceof Unplannable unplannable
                ? unplannable.help().stream().map(PlainText::line).toList()
                : List.of();
        boolean passing = failure instanceof IOException;
        boolean known = passing
                || failure instanceof Unplannable
                || failure instanceof RefNotFound
                || failure instanceof NotRunnable;
        return known
                ? Future.succeededFuture(new Planned.Impossible(
                        new Verdict.Refused("plan", sentence(failure.getMessage()), help), passing))
                : Future.failedFuture(failure);
    }

    /** All of it under one catalog: the one whose entry was asked for, which has to be the one in the copy too. */
    private Future<Planned> make(Asked asked) {
        Catalog loaded = catalog.get();
        if (!loaded.find(asked.spec().name()).equals(Optional.of(asked.spec()))) {
            return Future.failedFuture(
                    new Unplannable("The catalog was read again just now.", List.of("Say it again.")));
        }
        return Future.all(references.resolve(loaded, asked.instruction()), copies.current())
                .compose(both -> {
                    SortedMap<String, String> commits = both.resultAt(0);
                    CodeCopy code = both.resultAt(1);
                    return requireLoaded(code, loaded)
                            .compose(same -> facts.find(asked, invocations.under(loaded), commits, code.folder()))
                            .compose(found -> pin(asked, loaded, commits, code, found));
                });
    }

    private Future<Void> requireLoaded(CodeCopy code, Catalog loaded) {
        if (code.dirty() && !dirtyAllowed) {
            return Future.failedFuture(new Unplannable(
                    "Playbooks or catalog hold what is not committed, so nobody could say later what ran: "
                            + Summary.someOf(code.uncommitted()) + ".",
                    List.of("Commit it in " + project + ", or move it away from there, and say it again.")));
        }
        return copies.catalog(code.hash())
                .compose(sources -> sources.equals(loaded.sources())
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Unplannable(
                                "The catalog on disk has changed since it was loaded.",
                                List.of("An admin can say `reload`; then say this again."))));
    }

    private Future<Planned> pin(
            Asked asked, Catalog loaded, SortedMap<String, String> commits, CodeCopy code, Facts found) {
        if (found.refused().isPresent()) {
            return Future.failedFuture(new Unplannable(found.refused().get()));
        }
        Instruction instruction = asked.instruction();
        SortedMap<String, String> repositories = references.repositories(loaded, instruction);
        Outlook outlook = Outlooks.of(loaded, asked.spec(), instruction, found);
        List<String> consequences = new ArrayList<>(Outlooks.sentences(outlook));
        asked.spec()
                .consequences()
                .forEach(template -> consequences.add(Template.fill(template, instruction.arguments())));
        String digest =
                Digest.of(asked.id(), instruction, code.hash(), commits, repositories, found.value(), consequences);
        return summary.of(instruction, repositories, commits, code, found)
                .map(lines -> new Planned.Made(new Plan(
                        digest, code.hash(), commits, repositories, found.canonical(), consequences, lines, outlook)));
    }

    private static String sentence(@Nullable String message) {
        String said = PlainText.line(message == null ? "" : message, LONGEST);
        String text = said.isEmpty() ? "it failed without a word" : said;
        String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }
}
