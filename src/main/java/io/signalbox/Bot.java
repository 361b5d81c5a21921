package io.signalbox;

import io.signalbox.about.AboutStage;
import io.signalbox.about.Release;
import io.signalbox.audit.AuditStage;
import io.signalbox.brain.Brain;
import io.signalbox.brain.CommitScript;
import io.signalbox.brain.Connection;
import io.signalbox.bus.Events;
import io.signalbox.bus.Home;
import io.signalbox.catalog.CronLine;
import io.signalbox.catalog.CurrentCatalog;
import io.signalbox.chat.Adapter;
import io.signalbox.chat.ChatStage;
import io.signalbox.chat.console.ConsoleAdapter;
import io.signalbox.chat.play.PlayAdapter;
import io.signalbox.command.CommandStage;
import io.signalbox.config.RedisSettings;
import io.signalbox.config.Settings;
import io.signalbox.gate.GateRules;
import io.signalbox.gate.GateStage;
import io.signalbox.gate.Planner;
import io.signalbox.run.RunRules;
import io.signalbox.run.RunStage;
import io.signalbox.runner.Git;
import io.signalbox.schedule.ScheduleStage;
import io.signalbox.update.Installed;
import io.signalbox.update.Playbooks;
import io.signalbox.update.UpdateStage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the stages and deploys them: nobody hears before everybody can act. */
final class Bot {
    private static final Duration BRAIN_ANSWERS_WITHIN = Duration.ofSeconds(2);
    private static final Duration COMMANDS_ARE_KEPT = Duration.ofDays(90);
    private static final int SHORT_COMMIT = 8;
    private static final Duration AUDIT_OPENS_WITHIN = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Settings settings;
    private final CurrentCatalog catalog;
    private final Home home;
    private final Optional<Installed> installed;
    private final Runnable leave;
    private final Clock clock = Clock.systemUTC();

    /** One that nothing replaces. */
    Bot(Vertx vertx, Settings settings, CurrentCatalog catalog, Home home) {
        this(vertx, settings, catalog, home, Optional.empty(), () -> {});
    }

    /** {@code leave} begins a clean end of the process, for another release. */
    Bot(
            Vertx vertx,
            Settings settings,
            CurrentCatalog catalog,
            Home home,
            Optional<Installed> installed,
            Runnable leave) {
        this.vertx = vertx;
        this.settings = settings;
        this.catalog = catalog;
        this.home = home;
        this.installed = installed;
        this.leave = leave;
    }

    /** Completes when every stage is deployed, whether or not Kafka and Redis answer. */
    Future<Void> start() {
        Workshop workshop = Workshop.of(vertx, settings, catalog, clock);
        return commit(workshop.git()).compose(commit -> {
            Release release = new Release(Signalbox.version(), commit, clock.instant());
            Future<String> deployed = Future.succeededFuture("");
            for (VerticleBase stage : stages(workshop, release)) {
                deployed = deployed.compose(before -> vertx.deployVerticle(stage));
            }
            return deployed.mapEmpty();
        });
    }

    /** The folder of playbooks may be at another one than the bot. */
    private Future<String> commit(Git git) {
        return installed
                .map(release -> Future.succeededFuture(release.commit().substring(0, SHORT_COMMIT)))
                .orElseGet(() -> git.head(settings.code()));
    }

    private List<VerticleBase> stages(Workshop workshop, Release release) {
        Events events = new Events(vertx.eventBus());
        Brain brain = brain(vertx, settings.redis(), clock, events);
        List<Adapter> adapters = adapters();
        GateRules rules = new GateRules(
                settings.gate().approvalTime(),
                settings.gate().queueTime(),
                settings.gate().firstRoles(),
                services(adapters),
                AUDIT_OPENS_WITHIN,
                settings.zone());
        Planner planner = new Planner(
                vertx,
                catalog,
                workshop.workplace(),
                workshop.refs(),
                workshop.copies(),
                workshop.invocations(),
                workshop.shortRun(),
                workshop.redactions(),
                settings.demo());
        List<VerticleBase> stages = new ArrayList<>(List.of(
                new AuditStage(events, brain, clock, catalog, settings.kafka(), source()),
                new RunStage(
                        events,
                        brain,
                        clock,
                        catalog,
                        workshop.workplace(),
                        workshop.invocations(),
                        workshop.copies(),
                        workshop.children(),
                        RunRules.standard(settings.code(), home, settings.conduct())),
                new GateStage(events, brain, clock, catalog, planner, rules),
                new AboutStage(
                        events,
                        brain,
                        clock,
                        catalog,
                        new Explanation(catalog, workshop.pasteLine()),
                        release,
                        settings.zone()),
                new CommandStage(events, brain, clock, catalog, settings.zone()),
                new ScheduleStage(brain, clock, catalog),
                new ChatStage(events, brain, catalog, clock, settings.chat().oldest(), settings.zone(), adapters)));
        installed.ifPresent(own -> stages.add(
                new UpdateStage(own, new Playbooks(settings.code(), catalog), settings.state(), clock, leave)));
        return stages;
    }

    static Brain brain(Vertx vertx, RedisSettings settings, Clock clock, Events events) {
        Connection redis = Connection.of(vertx, settings, BRAIN_ANSWERS_WITHIN);
        return new Brain(redis, new CommitScript(redis, clock, COMMANDS_ARE_KEPT), events);
    }

    /** Those who may be given roles: the members of the chats, and the catalog's own lines. */
    private static Set<String> services(List<Adapter> adapters) {
        return Stream.concat(adapters.stream().map(Adapter::service), Stream.of(CronLine.SERVICE))
                .collect(Collectors.toSet());
    }

    private URI source() {
        return URI.create("signalbox://" + home.host());
    }

    private List<Adapter> adapters() {
        List<Adapter> adapters = new ArrayList<>();
        if (settings.chat().console()) {
            adapters.add(new ConsoleAdapter(
                    vertx,
                    System.getProperty("user.name"),
                    settings.chat().consoleRoom(),
                    new InputStreamReader(System.in, StandardCharsets.UTF_8),
                    System.out));
        }
        if (settings.chat().play()) {
            adapters.add(new PlayAdapter(vertx, settings.chat().playSocket()));
        }
        return adapters;
    }
}
