package io.signalbox.gate.walk;

import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Freeze;
import io.signalbox.brain.Hold;
import io.signalbox.brain.Keys;
import io.signalbox.brain.LockRelease;
import io.signalbox.brain.OutboxEntry;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Outcome;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.catalog.Catalog;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.gate.DrawnPlans;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** One walk: a gate with an empty brain, what happens to it, and the model that is held against it. */
final class Junction implements AutoCloseable {
    private static final Room OPS = new Room("play:ops");
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int ALL = 100_000;
    private static final String NEWEST = "return redis.call('GET', 'sb:seq') or '0'";

    final Rig rig;
    final Cable cable;
    private final Model model;
    private final Restless restless;
    private final Map<String, Integer> drift = new ConcurrentHashMap<>();
    /** What happened beside the events, each with the number of the newest event then. */
    private final Deque<Map.Entry<Long, Runnable>> turns = new ArrayDeque<>();
    /** Whether, when something was said last, it was known of all that people keep whether its time was over. */
    private boolean sure = true;

    Junction(LocalRedis redis, Cable cable, Catalog catalog) {
        redis.tell("FLUSHALL");
        redis.tell("HSET", Keys.AUDIT_STATUS, "open", "yes", "reason", "");
        this.cable = cable;
        rig = new Rig(redis, cable, catalog, new DrawnPlans(this::digest));
        model = new Model(People.FIRST_ROLES, now());
        restless = new Restless(model);
    }

    Model model() {
        return model;
    }

    Instant now() {
        return rig.clock.instant();
    }

    /** What the plan of a command comes to now. */
    String digest(CommandId id, Instruction said) {
        String environment = said.arguments().getOrDefault("environment", "");
        return DigestUtils.sha256Hex(id + environment + drift.getOrDefault(environment, 0));
    }

    void drifts(String environment) {
        drift.merge(environment, 1, Integer::sum);
    }

    /** What comes after this is done later, or was decided before. */
    void pass(Duration time) {
        String number = rig.redis.tell("EVAL", NEWEST, "0");
        rig.onLoop(() -> rig.clock.move(time));
        Instant now = now();
        turns.add(Map.entry(Long.parseLong(number), () -> model.shows(now)));
    }

    void passTo(Instant time) {
        pass(Duration.between(now(), time));
    }

    /** The audit log opens or closes; between which events is known exactly. */
    void records(boolean open) {
        String script = "redis.call('HSET', KEYS[1], 'open', ARGV[1], 'reason', 'as the walk says') " + NEWEST;
        String number = rig.redis.tell("EVAL", script, "1", Keys.AUDIT_STATUS, open ? "yes" : "no");
        turns.add(Map.entry(Long.parseLong(number), () -> model.records(open)));
    }

    CommandId say(String person, String command, Map<String, String> arguments) {
        String words = command + " " + arguments.values();
        return say(person, new Instruction(command, words, new TreeMap<>(arguments)));
    }

    CommandId say(String person, Instruction said) {
        sure = !model.isUnsure();
        CommandId id = CommandId.fresh();
        Person by = new Person(person, person.substring(person.indexOf(':') + 1));
        commit(Commit.of(
                new Event.Requested(id, now(), by, OPS, id.value(), said.canonical()),
                new Event.Understood(id, now(), said)));
        return id;
    }

    /** What another stage commits; nothing where the gate was faster. */
    CommitResult commit(Commit commit) {
        return Rig.insist(() -> rig.brain.commit(commit));
    }

    /** One of the commands of which this is true, in the order in which they were asked for. */
    List<Story> those(Predicate<Story> wanted) {
        read();
        return model.stories().stream().filter(wanted).toList();
    }

    /** Those that others were asked about: the ones that still wait come last, the newest at the end. */
    List<Story> asked() {
        return those(story -> Agreement.of(story).isPresent()).stream()
                .sorted(Comparator.comparing(Agreement::isWanted))
                .toList();
    }

    /** Where the end of something may have been, or be, now or in a moment nothing is forecast. */
    void expect(CommandId id, Forecast forecast) {
        if (!sure || model.isUnsure()) {
            return;
        }
        Forecast found = Forecast.of(model.story(id));
        Promises.FORECAST.demand(found.equals(forecast), forecast + " was due:", model.story(id) + "");
    }

    private void read() {
        for (OutboxEntry entry : Rig.insist(() -> rig.brain.outbox(ALL))) {
            if (entry.sequence() > model.number()) {
                while (!turns.isEmpty() && turns.peek().getKey() < entry.sequence()) {
                    turns.remove().getValue().run();
                }
                model.read(entry.sequence(), EventJson.read(new JsonObject(entry.json())));
            }
        }
        turns.forEach(turn -> turn.getValue().run());
        turns.clear();
    }

    /** Plans are made, and everything that the gate can take further is taken further. */
    void settle() {
        rig.onLoop(rig.plans::release);
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (List<Story> restless = restless(); !restless.isEmpty(); restless = restless()) {
            Promises.ENDS.demand(System.nanoTime() < end, "this stands still:", restless + "");
            tellAgain(restless);
            rig.moment();
        }
        requireAllIsSo();
    }

    /** Plans are not made, and all that the gate has to do waits for its plan. */
    void hold() {
        rig.onLoop(rig.plans::hold);
    }

    void awaitPlanning() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (restless().size() > rig.plans.waiting() && System.nanoTime() < end) {
            tellAgain(restless());
            rig.moment();
        }
    }

    private List<Story> restless() {
        return those(story -> restless.is(story, now()));
    }

    /** As a sweep does, and as a bus that delivers twice. */
    void tellAgain(List<Story> stories) {
        stories.forEach(story -> rig.events.publish(story.last()));
    }

    private void requireAllIsSo() {
        Map<String, CommandId> held = Rig.insist(rig.brain::locks).stream()
                .collect(Collectors.toMap(lock -> lock.name(), lock -> lock.command()));
        Promises.ONE_HOLDER.demand(held.equals(model.locks()), "the brain has", held + ", not", model.locks() + "");
        Map<String, Kept> holds = Rig.insist(rig.brain::holds).stream()
                .collect(Collectors.toMap(Hold::name, hold -> Kept.by(hold.by().id(), hold.until())));
        Promises.KEEPER.demand(
                Kept.areSo(model.holds(), holds, now()), "the brain has", holds + ", not", model.holds() + "");
        Map<String, Kept> freezes = Rig.insist(rig.brain::freezes).stream()
                .collect(Collectors.toMap(
                        Freeze::scope, freeze -> Kept.by(freeze.by().id(), freeze.until())));
        Promises.FROZEN.demand(
                Kept.areSo(model.freezes(), freezes, now()), "the brain has", freezes + ", not", model.freezes() + "");
    }

    /** What the run stage commits at the end of a run. */
    void finish(Story run, Outcome outcome) {
        Commit end = Commit.of(
                new Event.Finished(run.id(), now(), outcome, null, "as the walk says", new TreeMap<>(), null));
        commit(Rules.lock(run.instruction())
                .filter(lock -> outcome != Outcome.LOST)
                .map(lock -> LockRelease.in(end, lock, run.id()))
                .orElse(end));
    }

    @Override
    public void close() {
        rig.close();
    }
}
