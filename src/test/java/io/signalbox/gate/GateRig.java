package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.LockRelease;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Manner;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.bus.Signal;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.PolicySpec;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gate with a real brain, real git and a real project folder; the test speaks for chat, for people and for the run. */
final class GateRig {
    private static final Room OPS = new Room("play:ops");
    static final Duration APPROVAL_TIME = Duration.ofMinutes(5);
    static final Duration QUEUE_TIME = Duration.ofHours(4);
    private static final long PATIENCE_SECONDS = 60;
    private static final Map<String, List<String>> FIRST_ROLES =
            Map.of("admin", List.of("play:olga"), "deployer", List.of("play:anna", "play:bert", "play:carla"));

    final Clocked clock = new Clocked();
    final TestProject project;
    private final LocalRedis redis;
    /** Who may speak in the chat; while it is empty, the chat does not answer. */
    final Set<String> members = ConcurrentHashMap.newKeySet();

    private Map<String, List<String>> firstRoles = FIRST_ROLES;
    /** The rules of the catalog; a test may change them as a reload would. */
    volatile PolicySpec policy = PolicySpec.NONE;

    private Vertx vertx;
    private Events events;
    private Brain brain;
    private @Nullable Sweep sweep;

    GateRig(LocalRedis redis, TestProject project) {
        this.redis = redis;
        this.project = project;
        this.members.addAll(List.of("play:anna", "play:bert", "play:carla", "play:olga", "play:guest"));
        this.vertx = Vertx.vertx();
        this.events = new Events(vertx.eventBus());
        this.brain = redis.brain(vertx, events, clock);
    }

    GateRig withoutFirstRoles() {
        firstRoles = Map.of();
        return this;
    }

    /** As a start of the bot, with an audit log that takes records. */
    GateRig open() {
        auditOpens();
        deploy(Duration.ZERO);
        return this;
    }

    void deploy(Duration settling) {
        String sources = project.sources();
        Supplier<Catalog> catalog = () -> TestCatalog.catalog(sources, policy);
        Planner planner = project.planner(vertx, catalog, clock);
        GateRules rules = new GateRules(
                APPROVAL_TIME, QUEUE_TIME, firstRoles, Set.of("play", "schedule"), settling, ZoneId.of("UTC"));
        await(events.answeringMembership(id -> members.isEmpty()
                        ? Future.failedFuture("the chat is away")
                        : Future.succeededFuture(members.contains(id)))
                .completion());
        await(vertx.deployVerticle(new GateStage(events, brain, clock, catalog, planner, rules)));
        sweep = new Sweep(vertx, brain, clock, catalog, planner, rules);
    }

    /** What a sweep does with a command that waits, with what it knew of it. */
    void sweep(Story story) {
        await(Objects.requireNonNull(sweep).of(story));
    }

    /** The bot goes away without a word; what it had in memory is gone. */
    void die() {
        await(vertx.close());
        vertx = Vertx.vertx();
        events = new Events(vertx.eventBus());
        brain = redis.brain(vertx, events, clock);
    }

    void close() {
        await(vertx.close());
    }

    void auditOpens() {
        redis.tell("HSET", "sb:audit:status", "open", "yes", "reason", "", "at", "0");
    }

    void auditCloses(String reason) {
        redis.tell("HSET", "sb:audit:status", "open", "no", "reason", reason, "at", "0");
    }

    /** Somebody says it, and it is understood; arguments are name and value in turn. */
    CommandId say(String person, String command, String... arguments) {
        return say(OPS, Manner.NOW, person, command, arguments);
    }

    /** The same, for later. */
    CommandId sayFor(@Nullable Instant due, String person, String command, String... arguments) {
        return say(OPS, new Manner(false, due), person, command, arguments);
    }

    /** The same with {@code --wait}. */
    CommandId sayWaiting(String person, String command, String... arguments) {
        return say(OPS, new Manner(true, null), person, command, arguments);
    }

    CommandId sayIn(String room, String person, String command, String... arguments) {
        return say(new Room(room), Manner.NOW, person, command, arguments);
    }

    private CommandId say(Room room, Manner manner, String person, String command, String... arguments) {
        CommandId id = CommandId.fresh();
        await(brain.commit(Understanding.of(id, clock.instant(), room, manner, person, command, arguments)));
        return id;
    }

    CommandId deploy(String person, String environment) {
        return say(person, "backend.deploy", "environment", environment, "ref", "main");
    }

    /** The commands that the person may say here. */
    Set<String> sayable(String person) {
        return await(events.ask(new Signal.Sayable(new Person(person, person), OPS)));
    }

    /** Waits until the command is in one of these states. */
    Story until(CommandId id, Kind... states) {
        return await(look(id, story -> List.of(states).contains(story.state())));
    }

    /** Waits until a stage noted this on the command. */
    void untilMarked(CommandId id, String mark) {
        await(look(id, story -> story.marks().containsKey(mark)));
    }

    /** Waits until it is told that it has this place in the queue. */
    void untilAtPlace(CommandId id, int place) {
        await(look(
                id,
                story -> story.last(Event.Queued.class)
                        .filter(queued -> queued.place() == place)
                        .isPresent()));
    }

    private Future<Story> look(CommandId id, Predicate<Story> wanted) {
        return brain.story(id)
                .compose(story -> story.filter(wanted)
                        .map(Future::succeededFuture)
                        .orElseGet(() -> vertx.timer(20, TimeUnit.MILLISECONDS).compose(later -> look(id, wanted))));
    }

    /** Waits for the end, of which there must be exactly one. */
    Event end(CommandId id) {
        return Expected.end(
                until(id, Arrays.stream(Kind.values()).filter(Kind::isTerminal).toArray(Kind[]::new)));
    }

    Event.Refused refused(CommandId id) {
        return Expected.type(Event.Refused.class, end(id));
    }

    String answer(CommandId id) {
        return Expected.type(Event.Answered.class, end(id)).text();
    }

    Event.Admitted admitted(CommandId id) {
        Story story = until(id, Kind.ADMITTED, Kind.REFUSED, Kind.VOIDED, Kind.EXPIRED);
        return Expected.type(Event.Admitted.class, story.last());
    }

    Event.ApprovalRequested approvalRequested(CommandId id) {
        Story story = until(id, Kind.APPROVAL_REQUESTED, Kind.ADMITTED, Kind.REFUSED);
        return Expected.type(Event.ApprovalRequested.class, story.last());
    }

    Event.Queued queued(CommandId id) {
        Story story = until(id, Kind.QUEUED, Kind.ADMITTED, Kind.REFUSED);
        return Expected.type(Event.Queued.class, story.last());
    }

    Story story(CommandId id) {
        return await(brain.story(id)).orElseThrow();
    }

    /** What the run stage commits at the end of a run; a lost one keeps its lock. */
    void finish(CommandId id, Outcome outcome) {
        Commit end = Commit.of(
                new Event.Finished(id, clock.instant(), outcome, null, "as the test says", new TreeMap<>(), null));
        Optional<String> lock = story(id).last(Event.Admitted.class).map(Event.Admitted::lock);
        await(brain.commit(outcome == Outcome.LOST || lock.isEmpty() ? end : LockRelease.in(end, lock.get(), id)));
    }

    /** What another stage commits. */
    void commit(Event event, Commit.Part... parts) {
        commit(Commit.of(event), parts);
    }

    void commit(Commit first, Commit.Part... parts) {
        Commit commit = first;
        for (Commit.Part part : parts) {
            commit = commit.with(part);
        }
        Expected.type(CommitResult.Committed.class, await(brain.commit(commit)));
    }

    /** When every inbox has swept the brain at least once from now on. */
    Future<Void> sweeps() {
        return vertx.timer(Inbox.SWEEP.toMillis() * 2, TimeUnit.MILLISECONDS).mapEmpty();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
