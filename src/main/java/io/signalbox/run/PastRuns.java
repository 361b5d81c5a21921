package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** What the brain keeps of runs that are over: which ones ended last, and how long the last good ones of each command took. */
final class PastRuns {
    private static final Fragment REMEMBER = Fragment.beside(PastRuns.class, "run.remember", "remember.lua");
    private static final String ENDED = "sb:run:ended";
    private static final int ENDED_KEPT = 50;
    private static final int DURATIONS_KEPT = 10;

    private PastRuns() {}

    static Future<Expectation> expectation(Brain brain, String command) {
        return brain.list(durations(command)).map(Expectation::of);
    }

    static Commit remembering(Commit commit, String command, Duration took, int tasks) {
        return remembering(commit, durations(command), Expectation.entry(took, tasks), DURATIONS_KEPT);
    }

    /** The runs that ended last, newest first. */
    static Future<List<Story>> ended(Brain brain) {
        return brain.list(ENDED)
                .compose(ids -> brain.stories(ids.stream()
                        .filter(CommandId::isValid)
                        .map(CommandId::new)
                        .toList()));
    }

    /** {@code commit}, which ends this run. */
    static Commit ending(Commit commit, CommandId run) {
        return remembering(commit, ENDED, run.value(), ENDED_KEPT);
    }

    private static Commit remembering(Commit commit, String list, String entry, int most) {
        return commit.with(
                REMEMBER, new JsonObject().put("list", list).put("entry", entry).put("most", most));
    }

    private static String durations(String command) {
        return "sb:run:durations:" + command;
    }
}
