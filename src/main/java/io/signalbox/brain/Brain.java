package io.signalbox.brain;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory that survives the bot. Futures of every method fail with {@link BrainUnavailable} where Redis does not answer
 * in time; nothing is ever assumed then.
 */
public final class Brain {
    private static final Logger LOG = LoggerFactory.getLogger(Brain.class);

    private final Connection redis;
    private final CommitScript script;
    private final Events bus;
    private final Script story = new Script(LuaText.beside(Brain.class, "story.lua"));
    /** Those that the log has named already. */
    private final Set<CommandId> unreadable = ConcurrentHashMap.newKeySet();

    public Brain(Connection redis, CommitScript script, Events bus) {
        this.redis = redis;
        this.script = script;
        this.bus = bus;
    }

    /** Commits, and tells the bus what happened. Declined is an answer, not a failure. */
    public Future<CommitResult> commit(Commit commit) {
        return script.run(commit).onSuccess(result -> {
            if (result instanceof CommitResult.Committed) {
                commit.events().forEach(bus::publish);
            }
        });
    }

    /** A stage's fragment without an event. Its result is not remembered: only for what may be done twice. */
    public Future<CommitResult> apply(Fragment fragment, JsonObject arguments) {
        return apply(Commit.of().with(fragment, arguments));
    }

    /** The same for several fragments in one step; {@code commit} has no events. */
    public Future<CommitResult> apply(Commit commit) {
        return script.runForgetful(commit);
    }

    /**
     * The command and its events; empty where no command has this id, or it ended so long ago that it is forgotten. Fails
     * with {@link Unreadable} where they are no story that this release knows.
     */
    public Future<Optional<Story>> story(CommandId id) {
        return story.run(redis, id.value())
                .recover(failure -> Future.failedFuture(isDamage(failure) ? new Unreadable(id, failure) : failure))
                .map(both -> story(id, both.get(0), both.get(1)));
    }

    /** In the order of {@code ids}, without those that are forgotten or cannot be read: one must not hide the others. */
    public Future<List<Story>> stories(Collection<CommandId> ids) {
        return Future.all(ids.stream().map(this::readable).toList())
                .map(found -> found.<Optional<Story>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Empty also where it cannot be read, which the log says once. */
    Future<Optional<Story>> readable(CommandId id) {
        return story(id).recover(failure -> {
            if (!(failure instanceof Unreadable)) {
                return Future.failedFuture(failure);
            }
            if (unreadable.add(id)) {
                LOG.atWarn()
                        .addKeyValue("commandId", id)
                        .addKeyValue("error", failure.getMessage())
                        .log("Passed over");
            }
            return Future.succeededFuture(Optional.empty());
        });
    }

    private static boolean isDamage(Throwable failure) {
        return failure instanceof ErrorType error && error.is("WRONGTYPE");
    }

    private static Optional<Story> story(CommandId id, Response row, Response events) {
        if (events.size() == 0) {
            return Optional.empty();
        }
        try {
            List<Event> read = new ArrayList<>();
            events.forEach(event -> read.add(EventJson.read(new JsonObject(event.toString()))));
            Map<String, String> marks = pairs(row);
            return Optional.of(new Story(id, Long.parseLong(marks.getOrDefault("seq", "0")), read, marks));
        } catch (RuntimeException unknown) {
            throw new Unreadable(id, unknown);
        }
    }

    /** The commands in this state, in no order. */
    public Future<List<CommandId>> in(Kind state) {
        return members(Keys.in(state)).map(ids -> valid(ids.stream(), Keys.in(state)));
    }

    /** The commands with news nobody was told, oldest news first. */
    public Future<List<CommandId>> untold() {
        return ranked(Keys.UNTOLD);
    }

    /** One damaged entry must not hide the others. */
    private static List<CommandId> valid(Stream<String> members, String key) {
        return members.filter(member -> {
                    if (!CommandId.isValid(member)) {
                        LOG.atWarn()
                                .addKeyValue("key", key)
                                .addKeyValue("member", member)
                                .log("No command's id; passed over");
                    }
                    return CommandId.isValid(member);
                })
                .map(CommandId::new)
                .toList();
    }

    /** Empty where nothing holds this lock. */
    public Future<Optional<Lock>> lock(String name) {
        return hash(Keys.lock(name))
                .map(held -> held.isEmpty() ? Optional.empty() : Optional.of(Lock.read(name, held)));
    }

    /** Every lock that is held, by name; one that is freed while they are read may be missing. */
    public Future<List<Lock>> locks() {
        return members(Keys.LOCKS)
                .compose(names -> Future.all(names.stream().map(this::lock).toList()))
                .map(all -> all.<Optional<Lock>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** The lock of this name that a person keeps by hand; empty where nobody does, or its time is over at {@code now}. */
    public Future<Optional<Hold>> hold(String name, Instant now) {
        return hash(Keys.hold(name))
                .map(kept -> kept.isEmpty() ? Optional.<Hold>empty() : Optional.of(Hold.read(name, kept)))
                .map(kept -> kept.filter(hold -> !hold.isOver(now)));
    }

    /** Every lock that a person keeps by hand, by name, also those whose time is over and that nobody has noted yet. */
    public Future<List<Hold>> holds() {
        return members(Keys.HOLDS)
                .compose(names -> Future.all(
                        names.stream().map(name -> hold(name, Instant.MIN)).toList()))
                .map(all -> all.<Optional<Hold>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** What people have frozen, also where its time is over and nobody has noted that yet. */
    public Future<List<Freeze>> freezes() {
        return hash(Keys.FREEZES)
                .map(found -> found.entrySet().stream()
                        .map(each -> Freeze.read(each.getKey(), each.getValue()))
                        .toList());
    }

    /** The commands in a sorted set, lowest first; empty where the key does not exist. For stages' own keys. */
    public Future<List<CommandId>> ranked(String key) {
        return redis.send("ZRANGE", key, "0", "-1")
                .map(members -> valid(members.stream().map(Response::toString), key));
    }

    /** A hash as a map; empty where the key does not exist. For stages' own keys. */
    public Future<Map<String, String>> hash(String key) {
        return redis.send("HGETALL", key).map(Brain::pairs);
    }

    /** A set's members in their natural order; empty where the key does not exist. For stages' own keys. */
    public Future<Set<String>> members(String key) {
        return redis.send("SMEMBERS", key).map(response -> {
            Set<String> members = new TreeSet<>(Comparator.naturalOrder());
            response.forEach(member -> members.add(member.toString()));
            return members;
        });
    }

    /** A string; empty where the key does not exist. For stages' own keys. */
    public Future<Optional<String>> value(String key) {
        return redis.send("GET", key)
                .map(response -> Optional.ofNullable(response).map(Response::toString));
    }

    /** A list from its head; empty where the key does not exist. For stages' own keys. */
    public Future<List<String>> list(String key) {
        return redis.send("LRANGE", key, "0", "-1")
                .map(entries -> entries.stream().map(Response::toString).toList());
    }

    /** Events that Kafka has not acknowledged, oldest first. */
    public Future<List<OutboxEntry>> outbox(int most) {
        return redis.send("XRANGE", Keys.OUTBOX, "-", "+", "COUNT", Integer.toString(most))
                .map(entries -> entries.stream().map(OutboxEntry::read).toList());
    }

    private static Map<String, String> pairs(Response hash) {
        Map<String, String> pairs = new LinkedHashMap<>();
        hash.getKeys().forEach(key -> pairs.put(key, hash.get(key).toString()));
        return pairs;
    }
}
