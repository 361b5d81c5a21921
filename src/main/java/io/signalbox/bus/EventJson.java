package io.signalbox.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Events as JSON and back, written by hand so that renaming a component cannot silently change the brain or the log.
 *
 * <p>Every object has {@code kind}, {@code id} and {@code at} (ISO-8601, UTC); what follows depends on the kind.
 */
public final class EventJson {
    private EventJson() {}

    public static JsonObject write(Event event) {
        JsonObject json = new JsonObject()
                .put("kind", event.kind().title())
                .put("id", event.id().value())
                .put("at", event.at().toString());
        return switch (event.kind()) {
            case REQUESTED -> {
                var e = (Event.Requested) event;
                yield json.put("by", person(e.by()))
                        .put("room", e.room().id())
                        .put("message", e.message())
                        .put("text", e.text())
                        .put("because", e.because() == null ? null : e.because().value());
            }
            case MISUNDERSTOOD -> {
                var e = (Event.Misunderstood) event;
                yield json.put("problem", e.problem()).put("help", array(e.help()));
            }
            case UNDERSTOOD -> json.put("instruction", InstructionJson.write(((Event.Understood) event).instruction()));
            case SCHEDULED -> json.put("due", ((Event.Scheduled) event).due().toString());
            case QUEUED -> {
                var e = (Event.Queued) event;
                yield json.put("lock", e.lock())
                        .put("place", e.place())
                        .put("until", e.until().toString());
            }
            case APPROVAL_REQUESTED -> {
                var e = (Event.ApprovalRequested) event;
                yield json.put("plan", PlanJson.write(e.plan()))
                        .put("by", e.by())
                        .put("needed", e.needed())
                        .put("asked", array(e.asked()))
                        .put("deadline", e.deadline().toString());
            }
            case APPROVAL_GIVEN -> {
                var e = (Event.ApprovalGiven) event;
                yield json.put("by", person(e.by())).put("digest", e.digest());
            }
            case GLASS_BROKEN -> {
                var e = (Event.GlassBroken) event;
                yield json.put("by", person(e.by())).put("digest", e.digest()).put("reason", e.reason());
            }
            case DENIED -> {
                var e = (Event.Denied) event;
                yield json.put("by", person(e.by())).put("reason", e.reason());
            }
            case WITHDRAWN -> json.put("by", person(((Event.Withdrawn) event).by()));
            case EXPIRED -> json;
            case VOIDED -> json.put("reason", ((Event.Voided) event).reason());
            case ADMITTED -> {
                var e = (Event.Admitted) event;
                yield json.put("plan", e.plan() == null ? null : PlanJson.write(e.plan()))
                        .put("lock", e.lock());
            }
            case REFUSED -> {
                var e = (Event.Refused) event;
                yield json.put("code", e.code()).put("reason", e.reason()).put("help", array(e.help()));
            }
            case ANSWERED -> json.put("text", ((Event.Answered) event).text());
            case DISPATCHED -> {
                var e = (Event.Dispatched) event;
                yield json.put("argv", array(e.argv()))
                        .put("folder", e.folder())
                        .put("home", e.home() == null ? null : home(e.home()));
            }
            case STARTED -> {
                var e = (Event.Started) event;
                yield json.put("pid", e.pid()).put("startTime", e.startTime()).put("boot", e.boot());
            }
            case FINISHED -> {
                var e = (Event.Finished) event;
                yield json.put("outcome", e.outcome().title())
                        .put("exitCode", e.exitCode())
                        .put("reason", e.reason())
                        .put("result", object(e.result()))
                        .put("failure", e.failure() == null ? null : failure(e.failure()));
            }
        };
    }

    /** Throws {@link RuntimeException} where the JSON is not what {@link #write} makes. */
    public static Event read(JsonObject json) {
        var id = new CommandId(json.getString("id"));
        var at = Instant.parse(json.getString("at"));
        return switch (Kind.titled(json.getString("kind"))) {
            case REQUESTED -> {
                String because = json.getString("because");
                yield new Event.Requested(
                        id,
                        at,
                        person(json.getJsonObject("by")),
                        new Room(json.getString("room")),
                        json.getString("message"),
                        json.getString("text"),
                        because == null ? null : new CommandId(because));
            }
            case MISUNDERSTOOD -> new Event.Misunderstood(id, at, json.getString("problem"), strings(json, "help"));
            case UNDERSTOOD -> new Event.Understood(id, at, InstructionJson.read(json.getJsonObject("instruction")));
            case SCHEDULED -> new Event.Scheduled(id, at, Instant.parse(json.getString("due")));
            case QUEUED ->
                new Event.Queued(
                        id,
                        at,
                        json.getString("lock"),
                        json.getInteger("place"),
                        Instant.parse(json.getString("until")));
            case APPROVAL_REQUESTED ->
                new Event.ApprovalRequested(
                        id,
                        at,
                        PlanJson.read(json.getJsonObject("plan")),
                        json.getString("by"),
                        json.getInteger("needed", 1),
                        strings(json, "asked"),
                        Instant.parse(json.getString("deadline")));
            case APPROVAL_GIVEN ->
                new Event.ApprovalGiven(id, at, person(json.getJsonObject("by")), json.getString("digest"));
            case GLASS_BROKEN ->
                new Event.GlassBroken(
                        id, at, person(json.getJsonObject("by")), json.getString("digest"), json.getString("reason"));
            case DENIED -> new Event.Denied(id, at, person(json.getJsonObject("by")), json.getString("reason"));
            case WITHDRAWN -> new Event.Withdrawn(id, at, person(json.getJsonObject("by")));
            case EXPIRED -> new Event.Expired(id, at);
            case VOIDED -> new Event.Voided(id, at, json.getString("reason"));
            case ADMITTED -> {
                JsonObject plan = json.getJsonObject("plan");
                yield new Event.Admitted(id, at, plan == null ? null : PlanJson.read(plan), json.getString("lock"));
            }
            case REFUSED ->
                new Event.Refused(id, at, json.getString("code"), json.getString("reason"), strings(json, "help"));
            case ANSWERED -> new Event.Answered(id, at, json.getString("text"));
            case DISPATCHED -> {
                JsonObject home = json.getJsonObject("home");
                yield new Event.Dispatched(
                        id, at, strings(json, "argv"), json.getString("folder"), home == null ? null : home(home));
            }
            case STARTED ->
                new Event.Started(id, at, json.getLong("pid"), json.getLong("startTime"), json.getString("boot"));
            case FINISHED -> {
                JsonObject failure = json.getJsonObject("failure");
                yield new Event.Finished(
                        id,
                        at,
                        Outcome.titled(json.getString("outcome")),
                        json.getInteger("exitCode"),
                        json.getString("reason"),
                        new TreeMap<>(texts(json.getJsonObject("result"))),
                        failure == null ? null : failure(failure));
            }
        };
    }

    private static JsonObject person(Person person) {
        return new JsonObject().put("id", person.id()).put("name", person.name());
    }

    private static Person person(JsonObject json) {
        return new Person(json.getString("id"), json.getString("name"));
    }

    private static JsonObject home(Home home) {
        return new JsonObject().put("id", home.id()).put("host", home.host());
    }

    private static Home home(JsonObject json) {
        return new Home(json.getString("id"), json.getString("host"));
    }

    private static JsonObject failure(Failure failure) {
        return new JsonObject()
                .put("task", failure.task())
                .put("hosts", array(failure.hosts()))
                .put("lines", array(failure.lines()));
    }

    private static Failure failure(JsonObject json) {
        return new Failure(json.getString("task"), strings(json, "hosts"), strings(json, "lines"));
    }

    static JsonArray array(List<String> texts) {
        return new JsonArray(texts);
    }

    static List<String> strings(JsonObject json, String key) {
        return json.getJsonArray(key).stream().map(String.class::cast).toList();
    }

    static JsonObject object(Map<String, String> texts) {
        JsonObject json = new JsonObject();
        texts.forEach(json::put);
        return json;
    }

    static Map<String, String> texts(JsonObject json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.fieldNames().forEach(name -> texts.put(name, json.getString(name)));
        return texts;
    }
}
