package io.signalbox.gate;

import io.vertx.core.Future;

/** Finds out what a command would do. Futures fail only for what is neither the person's nor the catalog's doing. */
public interface Planning {
    Future<Planned> plan(Asked asked);

    /** For what another person agreed to: it does not queue behind what was asked for since. */
    Future<Planned> planAnew(Asked asked);
}
