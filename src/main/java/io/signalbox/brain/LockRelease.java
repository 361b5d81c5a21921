package io.signalbox.brain;

import io.signalbox.bus.CommandId;
import io.vertx.core.json.JsonObject;

/**
 * Frees a run's lock in the commit that ends the run. It frees only the run's own: a lock that somebody else holds by then,
 * or that is free already, is left as it is, and the commit stands.
 */
public final class LockRelease {
    private static final Fragment FRAGMENT =
            Fragment.beside(LockRelease.class, "brain.lock-release", "lock-release.lua");

    private LockRelease() {}

    /** {@code commit} with the release of this run's lock. */
    public static Commit in(Commit commit, String lock, CommandId run) {
        return commit.with(FRAGMENT, new JsonObject().put("lock", lock).put("command", run.value()));
    }
}
