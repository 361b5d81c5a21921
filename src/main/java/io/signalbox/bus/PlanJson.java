package io.signalbox.bus;

import io.vertx.core.json.JsonObject;
import java.util.TreeMap;

/** Plans as JSON and back; the facts stay readable as JSON inside it. */
public final class PlanJson {
    private PlanJson() {}

    public static JsonObject write(Plan plan) {
        return new JsonObject()
                .put("digest", plan.digest())
                .put("content", plan.content())
                .put("commits", EventJson.object(plan.commits()))
                .put("repositories", EventJson.object(plan.repositories()))
                .put("facts", plan.facts())
                .put("consequences", EventJson.array(plan.consequences()))
                .put("summary", EventJson.array(plan.summary()))
                .put("outlook", plan.outlook().isEmpty() ? null : OutlookJson.write(plan.outlook()));
    }

    public static Plan read(JsonObject json) {
        return new Plan(
                json.getString("digest"),
                json.getString("content"),
                new TreeMap<>(EventJson.texts(json.getJsonObject("commits"))),
                new TreeMap<>(EventJson.texts(json.getJsonObject("repositories"))),
                json.getString("facts"),
                EventJson.strings(json, "consequences"),
                EventJson.strings(json, "summary"),
                OutlookJson.read(json.getJsonObject("outlook")));
    }
}
