package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The words about runs: {@code cancel}, {@code log}, {@code tail}, {@code runs}. */
final class RunWords {
    private static final int LOG_LINES = 40;
    private static final int TAIL_LINES = 10;

    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Whereabouts whereabouts;
    private final Logs logs;
    private final Cancelling cancelling;
    private final RunList list;

    RunWords(
            Brain brain,
            InstantSource clock,
            Supplier<Catalog> catalog,
            Whereabouts whereabouts,
            Logs logs,
            Cancelling cancelling,
            RunList list) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.whereabouts = whereabouts;
        this.logs = logs;
        this.cancelling = cancelling;
        this.list = list;
    }

    Future<Void> answer(Story word) {
        String name = word.instruction().command();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "runs" -> list.text().compose(text -> say(word, text));
            case "cancel" -> target(word, target -> cancelling.cancel(word, target));
            case "log" -> target(word, target -> log(word, target, LOG_LINES));
            case "tail" -> target(word, target -> log(word, target, TAIL_LINES));
            default ->
                refuse(word, "unknown", "No answer to `" + word.instruction().canonical() + "` is known here.");
        };
    }

    private Future<Void> log(Story word, Target target, int lines) {
        return whereabouts
                .elsewhere(target.story())
                .compose(other -> other.isPresent()
                        ? refuse(
                                word,
                                "elsewhere",
                                "The log of " + target.shown() + " is on "
                                        + other.get().host() + ": "
                                        + RunFolder.of(target.story()).output() + ".")
                        : logHere(word, target, lines));
    }

    private Future<Void> logHere(Story word, Target target, int lines) {
        return logs.of(target.id()).compose(all -> {
            Logs.End end = all.last(lines);
            if (!end.kept() && target.story().last(Event.Dispatched.class).isPresent()) {
                return refuse(
                        word,
                        "gone",
                        "The log of " + target.shown() + " is gone with the run's folder: `run.keep` and"
                                + " `run.keep-size` say how long and how much is kept.");
            }
            if (end.lines().isEmpty()) {
                return say(word, target.shown() + " has printed nothing" + (end.size() > 0 ? " to show." : "."));
            }
            String head = lines == LOG_LINES
                    ? "The whole log of " + target.shown() + ", " + end.size() + " bytes, is " + end.file()
                            + "; its last lines:"
                    : "The last lines of " + target.shown() + ":";
            return say(word, head + "\n  " + String.join("\n  ", end.lines()));
        });
    }

    private Future<Void> target(Story word, Function<Target, Future<Void>> then) {
        var arguments = word.instruction().arguments();
        String said = arguments.getOrDefault("command", arguments.getOrDefault("id", ""));
        if (!CommandId.isValid(said)) {
            return refuse(word, "unknown", "'" + said + "' is not the id of a command.");
        }
        return brain.story(new CommandId(said))
                .compose(found -> found.flatMap(this::run)
                        .map(then)
                        .orElseGet(() -> refuse(word, "unknown", "No run has the id " + said + ".")));
    }

    /** What has become a run stays one where the catalog has lost its command since; then nobody has a role for it. */
    private Optional<Target> run(Story story) {
        Optional<CommandSpec> spec = story.last(Event.Understood.class)
                .flatMap(understood ->
                        catalog.get().find(understood.instruction().command()))
                .filter(CommandSpec::startsProcess);
        return spec.isPresent() || story.isOfRun()
                ? Optional.of(new Target(story, spec.map(CommandSpec::roles).orElse(Set.of())))
                : Optional.empty();
    }

    private Future<Void> say(Story word, String text) {
        return brain.commit(Commit.of(new Event.Answered(word.id(), clock.instant(), text)))
                .mapEmpty();
    }

    private Future<Void> refuse(Story word, String code, String reason) {
        return brain.commit(Commit.of(new Event.Refused(
                        word.id(),
                        clock.instant(),
                        code,
                        reason,
                        List.of("`runs` lists what is under way and what ran last."))))
                .mapEmpty();
    }
}
