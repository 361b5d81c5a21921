package io.signalbox.brain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One key of the brain as a line of an export: equal keys are equal lines.
 *
 * @param value by {@code type}: a text, an object of texts, or an array; of a stream {@code last} and {@code entries}
 * @param expires milliseconds since 1970; null for never
 */
record KeyValue(
        String key, String type, Object value, @Nullable Long expires) {
    private static final Map<String, Predicate<Object>> TYPES = Map.of(
            "string", String.class::isInstance,
            "hash", value -> value instanceof JsonObject json && json.stream().allMatch(KeyValue::isPair),
            "list", KeyValue::isTexts,
            "set", KeyValue::isTexts,
            "zset", value -> value instanceof JsonArray pairs && pairs.stream().allMatch(KeyValue::isScored),
            "stream", KeyValue::isStream);

    /** From what the script read; throws {@link BadSnapshot} where it is not text. */
    static KeyValue read(Response entry) {
        String key = text(entry.get(0));
        String type = text(entry.get(1));
        String expires = text(entry.get(2));
        return new KeyValue(key, type, value(type, entry.get(3)), expires.isEmpty() ? null : Long.valueOf(expires));
    }

    /** From a line of an export; throws {@link BadSnapshot} where it is none. */
    static KeyValue read(JsonObject line) {
        Object key = line.getValue("key");
        Object type = line.getValue("type");
        Object value = line.getValue("value");
        Object expires = line.getValue("expires");
        boolean good = key instanceof String name
                && name.startsWith(Keys.PREFIX)
                && type instanceof String title
                && TYPES.getOrDefault(title, any -> false).test(value)
                && (expires == null || expires instanceof Number);
        if (!good) {
            throw new BadSnapshot("it is no key of a brain");
        }
        return new KeyValue(
                (String) key, (String) type, value, expires == null ? null : ((Number) expires).longValue());
    }

    JsonObject line() {
        JsonObject line = new JsonObject().put("key", key).put("type", type).put("value", value);
        return expires == null ? line : line.put("expires", expires);
    }

    private static Object value(String type, Response value) {
        return switch (type) {
            case "string" -> text(value);
            case "hash" -> hash(value);
            case "set" ->
                new JsonArray(value.stream().map(KeyValue::text).sorted().toList());
            case "zset" ->
                new JsonArray(IntStream.range(0, value.size() / 2)
                        .mapToObj(pair -> texts(Stream.of(value.get(2 * pair), value.get(2 * pair + 1))))
                        .toList());
            case "stream" ->
                new JsonObject()
                        .put("last", text(value.get(0)))
                        .put(
                                "entries",
                                new JsonArray(value.get(1).stream()
                                        .map(entry -> new JsonArray()
                                                .add(text(entry.get(0)))
                                                .add(texts(entry.get(1).stream())))
                                        .toList()));
            default -> texts(value.stream());
        };
    }

    private static JsonObject hash(Response flat) {
        Map<String, Object> sorted = new TreeMap<>();
        for (int index = 0; index < flat.size(); index += 2) {
            sorted.put(text(flat.get(index)), text(flat.get(index + 1)));
        }
        return new JsonObject(sorted);
    }

    private static JsonArray texts(Stream<Response> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(text(value)));
        return new JsonArray(texts);
    }

    /** Anything else would come back as something else. */
    private static String text(Response value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.toBytes()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new BadSnapshot("the brain holds something that is not text in UTF-8, which Signalbox never writes");
        }
    }

    private static boolean isPair(Map.Entry<String, Object> field) {
        return field.getValue() instanceof String;
    }

    private static boolean isTexts(@Nullable Object value) {
        return value instanceof JsonArray texts && texts.stream().allMatch(String.class::isInstance);
    }

    private static boolean isScored(Object pair) {
        return isTexts(pair) && ((JsonArray) pair).size() == 2;
    }

    private static boolean isStream(@Nullable Object value) {
        return value instanceof JsonObject stream
                && stream.getValue("last") instanceof String
                && stream.getValue("entries") instanceof JsonArray entries
                && entries.stream().allMatch(KeyValue::isEntry);
    }

    private static boolean isEntry(Object entry) {
        return entry instanceof JsonArray parts
                && parts.size() == 2
                && parts.getValue(0) instanceof String
                && isTexts(parts.getValue(1));
    }
}
