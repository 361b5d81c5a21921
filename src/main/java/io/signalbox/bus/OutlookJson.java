package io.signalbox.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outlooks as JSON and back. */
final class OutlookJson {
    private OutlookJson() {}

    static JsonObject write(Outlook outlook) {
        JsonArray later = new JsonArray();
        outlook.later()
                .forEach(each -> later.add(InstructionJson.write(each.instruction())
                        .put("after", each.after().toString())));
        JsonArray averts = new JsonArray();
        outlook.averts().forEach(each -> averts.add(InstructionJson.write(each)));
        return new JsonObject().put("later", later).put("averts", averts);
    }

    /** Records of early releases have none. */
    static Outlook read(@Nullable JsonObject json) {
        if (json == null) {
            return Outlook.NONE;
        }
        return new Outlook(
                objects(json.getJsonArray("later")).stream()
                        .map(each ->
                                new Outlook.Later(InstructionJson.read(each), Duration.parse(each.getString("after"))))
                        .toList(),
                objects(json.getJsonArray("averts")).stream()
                        .map(InstructionJson::read)
                        .toList());
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
