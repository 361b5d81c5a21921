package io.signalbox.audit;

import io.signalbox.brain.Brain;
import io.vertx.core.Future;
import java.util.List;

/** Heads of the log that are kept outside of it. */
public final class Anchors {
    private Anchors() {}

    /** What the brain knows of the end of this topic; nothing where it never wrote to it. */
    public static Future<List<Head>> ofTheBrain(Brain brain, String topic) {
        return new Ledger(brain, topic, "reader").anchors();
    }
}
