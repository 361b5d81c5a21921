package io.signalbox.gate.walk;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Instruction;
import java.util.Optional;

/** What keeps a command from its lock now, where it is known of everything that people keep whether it stands. */
final class Turn {
    private Turn() {}

    /** The code of a refusal; {@code id} is empty for what nobody has said yet. */
    static Optional<String> hindrance(Model model, String person, Instruction said, Optional<CommandId> id) {
        return Rules.lock(said).flatMap(lock -> {
            if (model.locks().containsKey(lock)) {
                return Optional.of("lock");
            }
            Optional<String> keeper = model.standing(model.holds(), lock).map(Kept::by);
            if (keeper.filter(by -> !by.equals(person)).isPresent()) {
                return Optional.of("held");
            }
            boolean next = Rules.goesAhead(said)
                    || model.line()
                            .first(lock, keeper)
                            .map(first -> id.equals(Optional.of(first.id())))
                            .orElse(true);
            return next ? Optional.empty() : Optional.of("queue");
        });
    }
}
