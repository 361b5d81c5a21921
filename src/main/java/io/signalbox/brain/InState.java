package io.signalbox.brain;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** In a commit: a command must be in the state in which something was decided about it. An event alone allows more. */
public final class InState {
    private static final Fragment FRAGMENT = Fragment.beside(InState.class, "brain.in-state", "in-state.lua");

    private InState() {}

    /** Where it is in none of these, the commit is declined {@linkplain CommitResult.Declined#byState by state}. */
    public static Commit.Part of(CommandId command, Kind... states) {
        JsonArray titles = new JsonArray();
        for (Kind state : states) {
            titles.add(state.title());
        }
        return new Commit.Part(
                FRAGMENT, new JsonObject().put("command", command.value()).put("states", titles));
    }
}
