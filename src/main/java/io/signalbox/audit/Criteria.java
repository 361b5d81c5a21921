package io.signalbox.audit;

import io.signalbox.bus.CommandId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is looked for in the log; everything that is given must hold.
 *
 * @param person the id or the name of somebody who took part in the command
 * @param environment the command's argument of that name
 * @param since by the record's own time
 */
public record Criteria(
        Optional<CommandId> command, Optional<String> person, Optional<String> environment, Optional<Instant> since) {
    public static final Criteria NONE =
            new Criteria(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
