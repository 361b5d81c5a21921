package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many runs may be under way at once. To be used from the event loop of the stage. */
final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final Fragment SLOT = Fragment.beside(Turns.class, "run.slot", "slot.lua");

    private final Brain brain;
    private final int atOnce;
    private final Set<CommandId> waiting = new HashSet<>();

    Turns(Brain brain, int atOnce) {
        this.brain = brain;
        this.atOnce = atOnce;
    }

    /** A look before anything is written for this command, which may wait for hours; the commit decides. */
    Future<Boolean> isFree(CommandId id) {
        return Future.all(brain.in(Kind.DISPATCHED), brain.in(Kind.STARTED), brain.in(Kind.ADMITTED))
                .map(all -> {
                    int busy = all.<List<CommandId>>resultAt(0).size()
                            + all.<List<CommandId>>resultAt(1).size();
                    waiting.retainAll(all.<List<CommandId>>resultAt(2));
                    boolean free = busy < atOnce;
                    if (!free && waiting.add(id)) {
                        LOG.atInfo().addKeyValue("commandId", id).log("Too many runs are under way; it waits");
                    }
                    return free;
                });
    }

    /** In a commit: fewer runs than that must be under way. */
    Commit.Part demand() {
        return new Commit.Part(SLOT, new JsonObject().put("most", atOnce));
    }
}
