package io.signalbox.run;

import io.signalbox.brain.Answering;
import io.signalbox.brain.Brain;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Owner;
import io.signalbox.process.Children;
import io.signalbox.runner.CodeCopies;
import io.signalbox.runner.Invocations;
import io.signalbox.runner.Redactions;
import io.signalbox.runner.Workplace;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes what the gate admitted to its end: starts it once it is recorded, follows it, and answers words about it. */
public final class RunStage extends VerticleBase {
    private final Events events;
    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Workplace workplace;
    private final Invocations invocations;
    private final CodeCopies copies;
    private final Children children;
    private final RunRules rules;

    public RunStage(
            Events events,
            Brain brain,
            InstantSource clock,
            Supplier<Catalog> catalog,
            Workplace workplace,
            Invocations invocations,
            CodeCopies copies,
            Children children,
            RunRules rules) {
        this.events = events;
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.workplace = workplace;
        this.invocations = invocations;
        this.copies = copies;
        this.children = children;
        this.rules = rules;
    }

    @Override
    public Future<?> start() {
        Ending ending = new Ending(brain, clock);
        Wrapper wrapper = new Wrapper(children, rules);
        Launcher launcher = rules.conduct()
                .socket()
                .<Launcher>map(socket -> new BySocket(vertx, socket))
                .orElseGet(() -> new Detached(wrapper));
        Redactions redactions = new Redactions(vertx, workplace);
        Acknowledgement acknowledgement = new Acknowledgement(vertx, brain, clock);
        RunFolders folders = new RunFolders(vertx, workplace, rules);
        Dispatcher dispatcher =
                new Dispatcher(vertx, brain, clock, catalog, invocations, copies, folders, rules, ending);
        Starter starter = new Starter(vertx, brain, clock, acknowledgement, launcher, rules, redactions, ending);
        Follower follower = new Follower(vertx, events, brain, clock, redactions, ending);
        Whereabouts whereabouts = new Whereabouts(vertx, rules.home());
        Insisting insisting = new Insisting(vertx, brain, whereabouts, wrapper);
        RunWords words = new RunWords(
                brain,
                clock,
                catalog,
                whereabouts,
                new Logs(vertx, folders, redactions),
                new Cancelling(brain, clock, whereabouts, insisting, ending),
                new RunList(brain, clock));
        Answering answering = new Answering(brain, clock);
        new CodeCare(vertx, brain, copies).open();
        new FolderCare(vertx, brain, clock, folders, rules.conduct()).open();
        insisting.open();
        Inbox admitted = new Inbox(
                vertx,
                events,
                brain,
                Kind.ADMITTED,
                said -> isWord(said) || isRun(said),
                story -> isWord(story.instruction()) ? answering.of(story, words::answer) : dispatcher.admitted(story));
        return Future.all(
                acknowledgement.open(events),
                admitted.open(),
                // Whoever waits for its turn may have it now.
                events.on(Kind.FINISHED, finished -> admitted.sweep()).completion(),
                inbox(Kind.DISPATCHED, story -> whereabouts.ifHere(story, starter::dispatched))
                        .open(),
                inbox(Kind.STARTED, story -> whereabouts.ifHere(story, follower::started))
                        .open());
    }

    private Inbox inbox(Kind state, Function<Story, Future<Void>> work) {
        return new Inbox(vertx, events, brain, state, work::apply);
    }

    /** Whether this is a word about runs. */
    private boolean isWord(Instruction said) {
        return catalog.get()
                .find(said.command())
                .filter(spec -> spec.isAnsweredBy(Owner.RUN))
                .isPresent();
    }

    /** Also of a command that the catalog has no more: the dispatcher says so. */
    private boolean isRun(Instruction said) {
        return catalog.get()
                .find(said.command())
                .map(CommandSpec::startsProcess)
                .orElse(true);
    }
}
