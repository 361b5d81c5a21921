package io.signalbox.run;

import io.vertx.core.Future;
import java.util.List;

/** The bot itself starts the wrapper, in a session of its own; under systemd that is still the bot's own cgroup. */
final class Detached implements Launcher {
    private final Wrapper wrapper;

    Detached(Wrapper wrapper) {
        this.wrapper = wrapper;
    }

    @Override
    public Future<Long> start(RunFolder folder) {
        return wrapper.detach(folder, List.of(folder.path().toString()));
    }
}
