package io.signalbox.brain;

import java.util.List;

/** What became of a commit. A brain that does not answer is neither: the future fails. */
public sealed interface CommitResult {
    /** Written; {@code sequence} holds the number of each event, in the order of the commit. */
    record Committed(List<Long> sequence) implements CommitResult {
        public Committed {
            sequence = List.copyOf(sequence);
        }
    }

    /**
     * Nothing was written. {@code code} is {@code state} where a command was not in a state that allows the event
     * ({@code detail} is the state it is in, empty for none), else the word that a fragment refused with.
     */
    record Declined(String code, String detail) implements CommitResult {
        public boolean byState() {
            return "state".equals(code);
        }
    }
}
