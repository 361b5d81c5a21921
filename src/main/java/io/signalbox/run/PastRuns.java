package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** How long the last good runs of each command took, in the brain. */
final class PastRuns {
    private static final Fragment REMEMBER = Fragment.beside(PastRuns.class, "run.durations", "durations.lua");
    private static final int KEPT = 10;

    private PastRuns() {}

    static Future<Expectation> expectation(Brain brain, String command) {
        return brain.list("sb:run:durations:" + command).map(Expectation::of);
    }

    static Commit remembering(Commit commit, String command, Duration took, int tasks) {
        return commit.with(
                REMEMBER,
                new JsonObject()
                        .put("command", command)
                        .put("entry", Expectation.entry(took, tasks))
                        .put("most", KEPT));
    }
}
