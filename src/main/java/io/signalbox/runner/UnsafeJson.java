package io.signalbox.runner;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Extra variables as JSON in which no text is a template: Ansible would execute what stands between double braces. */
final class UnsafeJson {
    private static final String MARK = "__ansible_unsafe";

    private UnsafeJson() {}

    static JsonObject of(Map<String, Object> vars) {
        JsonObject json = new JsonObject();
        vars.forEach((name, value) -> json.put(name, leaf(value)));
        return json;
    }

    private static @Nullable Object leaf(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return new JsonObject().put(MARK, text.toString());
        }
        if (value instanceof JsonObject object) {
            return of(object.getMap());
        }
        if (value instanceof JsonArray array) {
            return list(array.getList());
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject json = new JsonObject();
            map.forEach((name, each) -> json.put(String.valueOf(name), leaf(each)));
            return json;
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(
                "a variable cannot be a " + value.getClass().getSimpleName());
    }

    private static JsonArray list(List<?> values) {
        JsonArray json = new JsonArray();
        values.forEach(value -> json.add(leaf(value)));
        return json;
    }
}
