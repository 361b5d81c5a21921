package io.signalbox.about;

import io.signalbox.brain.Answering;
import io.signalbox.brain.Brain;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Signal;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CurrentCatalog;
import io.signalbox.catalog.Owner;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** Answers help, ping, version, status, explain, where and reload; and three of them even without a brain. */
public final class AboutStage extends VerticleBase {
    private final Events events;
    private final Brain brain;
    private final CurrentCatalog catalog;
    private final Explainer explainer;
    private final Release release;
    private final ZoneId zone;
    private final Help help;
    private final Status status;
    private final Where where;
    private final Answering answering;

    public AboutStage(
            Events events,
            Brain brain,
            InstantSource clock,
            CurrentCatalog catalog,
            Explainer explainer,
            Release release,
            ZoneId zone) {
        this.events = events;
        this.brain = brain;
        this.catalog = catalog;
        this.explainer = explainer;
        this.release = release;
        this.zone = zone;
        this.help = new Help(catalog);
        ByHand byHand = new ByHand(brain, clock, catalog);
        this.status = new Status(brain, clock, release, byHand);
        this.where = new Where(catalog, status, byHand);
        this.answering = new Answering(brain, clock);
    }

    @Override
    public Future<?> start() {
        var unrecorded = events.answering(new WithoutBrain(help, release)::answer);
        return Future.all(
                unrecorded.completion(),
                new Inbox(vertx, events, brain, Kind.ADMITTED, this::isMine, this::admitted).open());
    }

    private Future<?> admitted(Story story) {
        return isMine(story.instruction()) ? answering.with(story, this::answer) : Future.succeededFuture();
    }

    private boolean isMine(Instruction instruction) {
        return catalog.get()
                .find(instruction.command())
                .filter(spec -> spec.isAnsweredBy(Owner.ABOUT))
                .isPresent();
    }

    private Future<String> answer(Story story) {
        Map<String, String> said = story.instruction().arguments();
        return switch (story.instruction().command()) {
            case "help" -> help(story.requested(), Optional.ofNullable(said.get("topic")));
            case "ping" -> Future.succeededFuture("pong");
            case "version" -> Future.succeededFuture(release.since(zone));
            case "status" -> status.tell();
            case "explain" ->
                Future.succeededFuture(String.join("\n", explainer.explain(said.getOrDefault("words", ""))));
            case "where" -> where.tell(Optional.ofNullable(said.get("app")));
            case "reload" -> reload();
            default ->
                Future.succeededFuture("This bot has no answer for '"
                        + story.instruction().command() + "'; `help` shows what it has.");
        };
    }

    /** What may be said where is the gate's to tell. */
    private Future<String> help(Event.Requested by, Optional<String> topic) {
        return topic.filter(about -> !about.equalsIgnoreCase("all"))
                .map(about -> Future.succeededFuture(help.about(about)))
                .orElseGet(() -> events.ask(new Signal.Sayable(by.by(), by.room()))
                        .map(sayable -> topic.isPresent() ? help.all(sayable) : help.here(sayable)));
    }

    private Future<String> reload() {
        return vertx.executeBlocking(catalog::reload, false)
                .map(fresh -> "The catalog was read again: " + fresh.commands().size() + " commands.")
                .recover(failure -> failure instanceof BadCatalog
                        ? Future.succeededFuture("The catalog stays as it was. " + failure.getMessage())
                        : Future.failedFuture(failure));
    }
}
