package io.signalbox.bus;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Instructions as JSON and back. */
final class InstructionJson {
    private InstructionJson() {}

    static JsonObject write(Instruction instruction) {
        return new JsonObject()
                .put("command", instruction.command())
                .put("canonical", instruction.canonical())
                .put("arguments", EventJson.object(instruction.arguments()))
                .put("manner", manner(instruction.manner()));
    }

    static Instruction read(JsonObject json) {
        return new Instruction(
                json.getString("command"),
                json.getString("canonical"),
                EventJson.texts(json.getJsonObject("arguments")),
                manner(json.getJsonObject("manner")));
    }

    private static JsonObject manner(Manner manner) {
        Instant due = manner.due();
        return new JsonObject().put("wait", manner.waits()).put("due", due == null ? null : due.toString());
    }

    /** Records of early releases have none. */
    private static Manner manner(@Nullable JsonObject json) {
        if (json == null) {
            return Manner.NOW;
        }
        String due = json.getString("due");
        return new Manner(json.getBoolean("wait"), due == null ? null : Instant.parse(due));
    }
}
