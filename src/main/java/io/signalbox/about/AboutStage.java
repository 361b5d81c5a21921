package io.signalbox.about;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Action;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.CurrentCatalog;
import io.signalbox.catalog.Owner;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers help, ping, version, status, explain, where and reload; and three of them even without a brain. */
public final class AboutStage extends VerticleBase {
    private final Events events;
    private final Brain brain;
    private final InstantSource clock;
    private final CurrentCatalog catalog;
    private final Explainer explainer;
    private final Release release;
    private final Help help;
    private final Status status;

    public AboutStage(
            Events events,
            Brain brain,
            InstantSource clock,
            CurrentCatalog catalog,
            Explainer explainer,
            Release release) {
        this.events = events;
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.explainer = explainer;
        this.release = release;
        this.help = new Help(catalog);
        this.status = new Status(brain, clock, release);
    }

    @Override
    public Future<?> start() {
        var answering = events.answering(new WithoutBrain(help, release)::answer);
        return Future.all(
                answering.completion(), new Inbox(vertx, events, brain, Kind.ADMITTED, this::admitted).open());
    }

    private Future<?> admitted(Story story) {
        boolean ours = catalog.get()
                .find(story.instruction().command())
                .map(CommandSpec::action)
                .filter(new Action.Answer(Owner.ABOUT)::equals)
                .isPresent();
        return ours
                ? answer(story)
                        .compose(text -> brain.commit(Commit.of(new Event.Answered(story.id(), clock.instant(), text))))
                : Future.succeededFuture();
    }

    private Future<String> answer(Story story) {
        Map<String, String> said = story.instruction().arguments();
        return switch (story.instruction().command()) {
            case "help" ->
                Future.succeededFuture(
                        Optional.ofNullable(said.get("topic")).map(help::about).orElseGet(help::all));
            case "ping" -> Future.succeededFuture("pong");
            case "version" -> Future.succeededFuture(release.toString());
            case "status" -> status.tell();
            case "explain" ->
                Future.succeededFuture(String.join("\n", explainer.explain(said.getOrDefault("words", ""))));
            case "where" -> where();
            case "reload" -> reload();
            default ->
                Future.succeededFuture("This bot has no answer for '"
                        + story.instruction().command() + "'; `help` shows what it has.");
        };
    }

    private Future<String> where() {
        return status.underWay().map(stories -> {
            List<String> lines = new ArrayList<>();
            for (String environment : environments()) {
                List<String> busy = stories.stream()
                        .filter(story -> story.instruction().arguments().containsValue(environment))
                        .map(status::line)
                        .toList();
                lines.add(environment + ": " + (busy.isEmpty() ? "free" : String.join("; ", busy)));
            }
            return lines.isEmpty() ? "The catalog has no environments." : String.join("\n", lines);
        });
    }

    private List<String> environments() {
        return Optional.ofNullable(catalog.get().arguments().get("environment"))
                .map(ArgumentType::values)
                .orElse(List.of());
    }

    private Future<String> reload() {
        return vertx.executeBlocking(catalog::reload, false)
                .map(fresh -> "The catalog was read again: " + fresh.commands().size() + " commands.")
                .recover(failure -> failure instanceof BadCatalog
                        ? Future.succeededFuture("The catalog stays as it was. " + failure.getMessage())
                        : Future.failedFuture(failure));
    }
}
