package io.signalbox.bus;

import java.time.Duration;
import java.util.List;

/**
 * What follows from a command that ends well.
 *
 * @param later commands that come after it by themselves
 * @param averts announced commands that come no more: those of this name which share a value of each of these arguments
 */
public record Outlook(List<Later> later, List<Instruction> averts) {
    public static final Outlook NONE = new Outlook(List.of(), List.of());

    /** {@code after}: how long after its end. */
    public record Later(Instruction instruction, Duration after) {}

    public Outlook {
        later = List.copyOf(later);
        averts = List.copyOf(averts);
    }

    public boolean isEmpty() {
        return later.isEmpty() && averts.isEmpty();
    }
}
