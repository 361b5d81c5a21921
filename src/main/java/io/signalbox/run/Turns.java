package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.signalbox.config.RunConduct;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many runs may be under way at once, and who is next. To be used from the event loop of the stage. */
final class Turns {
    private static final Fragment SLOT = Fragment.beside(Turns.class, "run.slot", "slot.lua");
    private static final Fragment WAITS = Fragment.beside(Turns.class, "run.waits", "waits.lua");

    private final Brain brain;
    private final int atOnce;
    private final Order order;

    Turns(Brain brain, RunConduct conduct) {
        this.brain = brain;
        this.atOnce = conduct.atOnce();
        this.order = new Order(conduct.atOnce(), conduct.perEnvironment());
    }

    /**
     * A look before anything is written for this command, which may wait for hours; where it has to, people are told. Those
     * that wait are read first: what moves on meanwhile is then counted with those under way.
     */
    Future<Boolean> isFree(Story story) {
        return stories(Kind.ADMITTED)
                .compose(waiting -> stories(Kind.DISPATCHED)
                        .compose(dispatched -> stories(Kind.STARTED).compose(started -> {
                            List<Story> underWay = new ArrayList<>(dispatched);
                            underWay.addAll(started);
                            Optional<String> obstacle = order.obstacle(story.id(), waiting, underWay);
                            return obstacle.map(why -> note(story, why)).orElseGet(() -> Future.succeededFuture(true));
                        })));
    }

    private Future<List<Story>> stories(Kind state) {
        return brain.in(state).compose(brain::stories);
    }

    private Future<Boolean> note(Story story, String why) {
        if (why.equals(story.marks().get("waits"))) {
            return Future.succeededFuture(false);
        }
        CommandId id = story.id();
        return brain.apply(WAITS, new JsonObject().put("command", id.value()).put("reason", why))
                .map(false);
    }

    /** In a commit: fewer runs than that must be under way. */
    Commit.Part demand() {
        return new Commit.Part(SLOT, new JsonObject().put("most", atOnce));
    }
}
