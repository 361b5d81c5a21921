package io.signalbox.gate;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Plan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Plans that cost nothing and take as long as a test wants. To be used from one event loop. */
public final class DrawnPlans implements Planning {
    private final BiFunction<CommandId, Instruction, String> digest;
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private volatile int waiting;

    /** {@code digest}: what the plan of a command comes to now. */
    public DrawnPlans(BiFunction<CommandId, Instruction, String> digest) {
        this.digest = digest;
    }

    @Override
    public Future<Planned> plan(Asked asked) {
        String drawn = digest.apply(asked.id(), asked.instruction());
        Plan plan = new Plan(drawn, "c0ffee", new TreeMap<>(), new TreeMap<>(), null, List.of(), List.of());
        Promise<Planned> promise = Promise.promise();
        held.add(() -> promise.complete(new Planned.Made(plan)));
        waiting = held.size();
        if (!holding) {
            release();
        }
        return promise.future();
    }

    @Override
    public Future<Planned> planAnew(Asked asked) {
        return plan(asked);
    }

    /** From now on planning takes until {@link #release}. */
    public void hold() {
        holding = true;
    }

    public void release() {
        holding = false;
        List<Runnable> ready = List.copyOf(held);
        held.clear();
        waiting = 0;
        ready.forEach(Runnable::run);
    }

    /** How many are waited for. */
    public int waiting() {
        return waiting;
    }

    /** Nobody waits for them any more. */
    public void forget() {
        held.clear();
        waiting = 0;
    }
}
