package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roles that the settings give to a brain that never had any; later the settings change nothing. */
final class FirstRoles {
    private static final Logger LOG = LoggerFactory.getLogger(FirstRoles.class);
    private static final Fragment FOUND = Fragment.beside(FirstRoles.class, "gate.found", "found.lua");

    private final Brain brain;
    private final Map<String, List<String>> persons;
    private final Instant since;
    private boolean founded;

    /**
     * @param persons ids by role, as in {@code admin: [console:olga]}
     * @param since before the first command: who approves it must have had the role when it was said
     */
    FirstRoles(Brain brain, Map<String, List<String>> persons, Instant since) {
        this.brain = brain;
        this.persons = persons;
        this.since = since;
    }

    /** Completes when the brain has them; to be asked before every decision, since no start waits for the brain. */
    Future<Void> ensure() {
        if (founded) {
            return Future.succeededFuture();
        }
        Commit commit =
                Commit.of().with(FOUND, new JsonObject().put("grants", grants()).put("since", since.toEpochMilli()));
        return brain.commit(commit)
                .onSuccess(result -> {
                    founded = true;
                    if (result instanceof CommitResult.Committed) {
                        LOG.atInfo().addKeyValue("target", persons).log("The first roles were written");
                    }
                })
                .mapEmpty();
    }

    private JsonArray grants() {
        JsonArray grants = new JsonArray();
        persons.forEach((role, ids) -> ids.forEach(id -> grants.add(Roles.grantOf(People.ofId(id), role))));
        return grants;
    }
}
