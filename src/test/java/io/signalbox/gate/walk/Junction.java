package io.signalbox.gate.walk;

import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Keys;
import io.signalbox.brain.LockRelease;
import io.signalbox.brain.OutboxEntry;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
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

    final Rig rig;
    final Cable cable;
    private final Model model;
    private final Map<String, Integer> drift = new ConcurrentHashMap<>();
    /** When the audit log opened (true) or closed, by the number of the newest event then. */
    private final Deque<Map.Entry<Long, Boolean>> openings = new ArrayDeque<>();

    Junction(LocalRedis redis, Cable cable, Catalog catalog) {
        redis.tell("FLUSHALL");
        redis.tell("HSET", Keys.AUDIT_STATUS, "open", "yes", "reason", "");
        this.cable = cable;
        rig = new Rig(redis, cable, catalog, new DrawnPlans(this::digest));
        model = new Model(Rig.FIRST_ROLES, now());
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

    void pass(Duration time) {
        rig.onLoop(() -> rig.clock.move(time));
    }

    /** The audit log opens or closes; between which events is known exactly. */
    void records(boolean open) {
        String script = "redis.call('HSET', KEYS[1], 'open', ARGV[1], 'reason', 'as the walk says')"
                + " return redis.call('GET', 'sb:seq') or '0'";
        String number = rig.redis.tell("EVAL", script, "1", Keys.AUDIT_STATUS, open ? "yes" : "no");
        openings.add(Map.entry(Long.parseLong(number), open));
    }

    CommandId say(String person, String command, Map<String, String> arguments) {
        CommandId id = CommandId.fresh();
        String words = command + " " + arguments.values();
        Person by = new Person(person, person.substring(person.indexOf(':') + 1));
        commit(Commit.of(
                new Event.Requested(id, now(), by, OPS, id.value(), words),
                new Event.Understood(id, now(), new Instruction(command, words, new TreeMap<>(arguments)))));
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

    void expect(CommandId id, Forecast forecast) {
        Forecast found = Forecast.of(model.story(id));
        Promises.FORECAST.demand(found.equals(forecast), forecast + " was due:", model.story(id) + "");
    }

    private void read() {
        for (OutboxEntry entry : Rig.insist(() -> rig.brain.outbox(ALL))) {
            if (entry.sequence() > model.number()) {
                while (!openings.isEmpty() && openings.peek().getKey() < entry.sequence()) {
                    model.records(openings.remove().getValue());
                }
                model.read(entry.sequence(), EventJson.read(new JsonObject(entry.json())));
            }
        }
        openings.forEach(opening -> model.records(opening.getValue()));
        openings.clear();
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
        requireLocksAreSo();
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
        return those(story -> model.isRestless(story, now()));
    }

    /** As a sweep does, and as a bus that delivers twice. */
    void tellAgain(List<Story> stories) {
        stories.forEach(story -> rig.events.publish(story.last()));
    }

    private void requireLocksAreSo() {
        Map<String, CommandId> held = Rig.insist(rig.brain::locks).stream()
                .collect(Collectors.toMap(lock -> lock.name(), lock -> lock.command()));
        Promises.ONE_HOLDER.demand(held.equals(model.locks()), "the brain has", held + ", not", model.locks() + "");
    }

    /** Everything that was begun can be brought to an end, and nothing is left behind. */
    void end() {
        cable.losesNothing();
        records(true);
        settle();
        pass(Rules.TO_APPROVE.multipliedBy(2));
        settle();
        those(story -> story.state() == Kind.ADMITTED).forEach(run -> finish(run, Outcome.SUCCEEDED));
        settle();
        String admin = model.holders(Rules.ADMIN).iterator().next();
        for (String lock : List.copyOf(model.locks().keySet())) {
            CommandId word = say(admin, "unlock", Map.of("lock", lock));
            settle();
            expect(word, Forecast.ANSWERED);
        }
        List<Story> living = those(story -> !story.state().isTerminal());
        Promises.ENDS.demand(living.isEmpty(), "still alive:", living + "");
        String left = rig.redis.tell("KEYS", "sb:in:*");
        Promises.ENDS.demand(left.isEmpty(), "the brain still has", left);
        String newest = rig.redis.tell("GET", Keys.SEQUENCE);
        Promises.NUMBERED.demand(newest.equals(model.number() == 0 ? "" : model.number() + ""), "the end is missing");
        model.roles().forEach((role, since) -> {
            Map<String, String> millis = new TreeMap<>();
            since.forEach((person, at) -> millis.put(person, at.toEpochMilli() + ""));
            Map<String, String> held = Rig.insist(() -> rig.brain.hash(Keys.role(role)));
            Promises.AUTHORISED.demand(held.equals(millis), role, "is held by", held + ", not", millis + "");
        });
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
