package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.bus.Room;
import io.signalbox.bus.Signal;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.process.Children;
import io.signalbox.runner.ChildEnvironment;
import io.signalbox.runner.CodeCopies;
import io.signalbox.runner.Git;
import io.signalbox.runner.Invocations;
import io.signalbox.runner.Workplace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A bot that is nothing but the run stage, with the test in the place of the gate and the audit log. */
final class Bot implements AutoCloseable {
    static final Person ANNA = new Person("play:anna", "anna");
    private static final Fragment TAKE = new Fragment("test.take", """
            return {
                check = function() end,
                write = function(a) redis.call('HSET', 'sb:lock:' .. a.lock, 'command', a.command) end,
            }
            """);

    final Vertx vertx = Vertx.vertx();
    final Events events = new Events(vertx.eventBus());
    final List<Signal.Progressed> progress = new CopyOnWriteArrayList<>();
    private final Brain brain;
    private final CodeCopies copies;

    Bot(LocalRedis redis, Project project) {
        this(redis, project, project.rules(Duration.ofSeconds(20), 8));
    }

    Bot(LocalRedis redis, Project project, RunRules rules) {
        InstantSource clock = InstantSource.system();
        brain = redis.brain(vertx, events, clock);
        Workplace workplace = project.workplace();
        ChildEnvironment environment = new ChildEnvironment(workplace, System.getenv());
        Children children = new Children(vertx);
        copies = new CodeCopies(vertx, new Git(vertx, children, workplace, environment), workplace, clock);
        Invocations invocations = new Invocations(project.catalog(), workplace, environment);
        await(events.on(Signal.Progressed.class, progress::add).completion());
        await(vertx.deployVerticle(
                new RunStage(events, brain, clock, project::catalog, workplace, invocations, copies, children, rules)));
    }

    CommandId admit(String command, Map<String, String> arguments) {
        return admit(ANNA, command, arguments, null);
    }

    /** What chat, interpretation and gate would have committed. */
    CommandId admit(Person by, String command, Map<String, String> arguments, @Nullable String lock) {
        return admit(by, command, arguments, lock, Instant.now());
    }

    CommandId admit(Person by, String command, Map<String, String> arguments, @Nullable String lock, Instant now) {
        CommandId id = CommandId.fresh();
        Plan plan = command.startsWith("bot.") ? null : plan();
        Commit commit = Commit.of(
                new Event.Requested(id, now, by, Room.of("play", "ops"), "m1", command),
                new Event.Understood(id, now, new Instruction(command, command, arguments)),
                new Event.Admitted(id, now, plan, lock));
        if (lock != null) {
            commit = commit.with(TAKE, new JsonObject().put("lock", lock).put("command", id.value()));
        }
        CommitResult result = await(brain.commit(commit));
        if (!(result instanceof CommitResult.Committed)) {
            throw new AssertionError(result);
        }
        return id;
    }

    CommandId word(Person by, String word, CommandId target) {
        return admit(by, "bot." + word, Map.of("command", target.value()), null);
    }

    private Plan plan() {
        String content = await(copies.current()).hash();
        return new Plan("0".repeat(64), content, new TreeMap<>(), new TreeMap<>(), null, List.of(), List.of());
    }

    /** A command that waits for approval. */
    CommandId waiting(Person by, String command) {
        CommandId id = CommandId.fresh();
        Instant now = Instant.now();
        await(brain.commit(Commit.of(
                new Event.Requested(id, now, by, Room.of("play", "ops"), "m1", command),
                new Event.Understood(id, now, new Instruction(command, command, Map.of())),
                new Event.ApprovalRequested(id, now, plan(), "deployer", List.of(), now.plusSeconds(300)))));
        return id;
    }

    Story story(CommandId id) {
        return await(brain.story(id)).orElseThrow();
    }

    Story awaitState(CommandId id, Kind state) {
        return await(id, story -> story.state() == state);
    }

    Event.Finished awaitEnd(CommandId id) {
        return (Event.Finished) awaitState(id, Kind.FINISHED).last();
    }

    String answer(CommandId id) {
        Event last = await(id, story -> story.state().isTerminal()).last();
        return last instanceof Event.Answered answered ? answered.text() : last.toString();
    }

    private Story await(CommandId id, Predicate<Story> enough) {
        until(() -> enough.test(story(id)), () -> "the story is " + story(id).events());
        return story(id);
    }

    static void until(BooleanSupplier condition, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise.get());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
