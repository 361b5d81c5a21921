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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        return brain.in(Kind.ADMITTED)
                .compose(waiting -> brain.in(Kind.DISPATCHED)
                        .compose(dispatched -> brain.in(Kind.STARTED).compose(started -> {
                            Set<CommandId> underWay = new HashSet<>(dispatched);
                            underWay.addAll(started);
                            // As nearly always: nobody's place has to be looked at.
                            return waiting.size() + underWay.size() <= order.room()
                                    ? Future.succeededFuture(true)
                                    : isNext(story, waiting, underWay);
                        })));
    }

    private Future<Boolean> isNext(Story story, List<CommandId> waiting, Set<CommandId> underWay) {
        return Future.all(brain.stories(waiting), brain.stories(underWay)).compose(both -> {
            Optional<String> obstacle = order.obstacle(story.id(), both.resultAt(0), both.resultAt(1));
            return obstacle.map(why -> note(story, why)).orElseGet(() -> Future.succeededFuture(true));
        });
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
