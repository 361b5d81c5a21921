package io.signalbox.brain;

import io.signalbox.bus.EventJson;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Puts the script of a commit together from the brain's own text and the stages' fragments, and runs it. */
public final class CommitScript {
    private static final int TRIES = 3;
    /** An event that Kafka refuses would close the audit log for ever; a topic takes a megabyte at least, envelope included. */
    private static final int MOST_BYTES = 512 << 10;

    private static final Duration REPLY_TAKES = Duration.ofMillis(500);

    private final Connection redis;
    private final InstantSource clock;
    private final Duration retain;
    private final Schema schema;
    private final String body = LuaText.beside(CommitScript.class, "commit.lua");

    /** {@code retain}: how long a command is remembered after its end. */
    public CommitScript(Connection redis, InstantSource clock, Duration retain) {
        this(redis, clock, retain, Schema.MIGRATIONS);
    }

    CommitScript(Connection redis, InstantSource clock, Duration retain, List<Migration> migrations) {
        this.redis = redis;
        this.clock = clock;
        this.retain = retain;
        this.schema = new Schema(redis, migrations);
    }

    Future<CommitResult> run(Commit commit) {
        return run(commit, input(commit).put("id", commit.id()));
    }

    /** Without the memory of its result; for what may be done twice. */
    Future<CommitResult> runForgetful(Commit commit) {
        return run(commit, input(commit));
    }

    private Future<CommitResult> run(Commit commit, JsonObject input) {
        int bytes = bytes(input);
        if (bytes > MOST_BYTES) {
            return Future.failedFuture(new IllegalArgumentException("the events of one commit hold " + bytes
                    + " bytes, and the audit log is sure to take " + MOST_BYTES));
        }
        Script script = new Script(text(commit));
        return evaluate(script, input)
                .compose(result -> isOld(result)
                        ? schema.bringUp().compose(done -> evaluate(script, input))
                        : Future.succeededFuture(result))
                .compose(this::result)
                .onSuccess(result -> schema.look());
    }

    private static int bytes(JsonObject input) {
        return input.getJsonArray("events").stream()
                .mapToInt(event -> ((JsonObject) event).getString("json").getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private Future<JsonObject> evaluate(Script script, JsonObject input) {
        return attempt(redis::time, TRIES)
                .map(time -> input.put("expires", time + patience().toMillis()).encode())
                .compose(argument -> attempt(() -> script.run(redis, argument), TRIES))
                .map(response -> new JsonObject(response.toString()));
    }

    private static boolean isOld(JsonObject result) {
        JsonObject declined = result.getJsonObject("declined");
        return declined != null && "schema-old".equals(declined.getString("code"));
    }

    /** How long an answer is waited for; what Redis has not begun by then it must never do, by its own clock. */
    private Duration patience() {
        return redis.limit().multipliedBy(TRIES).minus(REPLY_TAKES);
    }

    /** Repeating after a time-out is harmless: the script remembers the result under the commit's id. */
    private static <T> Future<T> attempt(Supplier<Future<T>> what, int left) {
        return what.get()
                .recover(failure -> failure instanceof BrainUnavailable && left > 1
                        ? attempt(what, left - 1)
                        : Future.failedFuture(failure));
    }

    private String text(Commit commit) {
        Map<String, String> distinct = new LinkedHashMap<>();
        commit.parts().stream()
                .map(Commit.Part::fragment)
                .forEach(fragment -> distinct.put(fragment.name(), fragment.lua()));
        StringBuilder script = new StringBuilder("local now, refuse, state_of\nlocal fragments = {}\n");
        distinct.forEach((name, lua) -> script.append("fragments['")
                .append(name)
                .append("'] = (function()\n")
                .append(lua)
                .append("\nend)()\n"));
        return script.append(body).toString();
    }

    private JsonObject input(Commit commit) {
        JsonArray events = new JsonArray();
        commit.events()
                .forEach(event -> events.add(new JsonObject()
                        .put("command", event.id().value())
                        .put("kind", event.kind().title())
                        .put("after", after(event.kind().after()))
                        .put("terminal", event.kind().isTerminal())
                        .put("json", EventJson.write(event).encode())));
        JsonArray parts = new JsonArray();
        commit.parts()
                .forEach(part -> parts.add(
                        new JsonObject().put("fragment", part.fragment().name()).put("arguments", part.arguments())));
        return new JsonObject()
                .put("now", clock.millis())
                .put("retain", retain.toMillis())
                .put("schema", schema.version())
                .put("events", events)
                .put("parts", parts);
    }

    private static JsonArray after(Iterable<Kind> kinds) {
        JsonArray titles = new JsonArray();
        kinds.forEach(kind -> titles.add(kind.title()));
        return titles;
    }

    private Future<CommitResult> result(JsonObject json) {
        JsonObject declined = json.getJsonObject("declined");
        if (declined == null) {
            return Future.succeededFuture(committed(json));
        }
        String code = declined.getString("code");
        String detail = declined.getString("detail");
        return switch (code) {
            case "overdue" ->
                Future.failedFuture(new BrainUnavailable("in time", "it woke up when nobody waited any more"));
            case "schema-new" -> Future.failedFuture(ForeignSchema.newer(detail, schema.version()));
            case "schema-importing" -> Future.failedFuture(ForeignSchema.importing());
            default -> Future.succeededFuture(new CommitResult.Declined(code, detail));
        };
    }

    private static CommitResult committed(JsonObject json) {
        return new CommitResult.Committed(json.getJsonArray("committed").stream()
                .map(number -> ((Number) number).longValue())
                .toList());
    }
}
