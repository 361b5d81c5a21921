package io.signalbox.language;

import io.signalbox.bus.Instruction;
import java.util.List;

/** What somebody's words mean. */
public sealed interface Interpretation {
    record Understood(Instruction instruction) implements Interpretation {}

    /** Something else; {@code problem} says what is wrong, {@code help} what would be right. */
    sealed interface Misunderstood extends Interpretation {
        String problem();

        List<String> help();
    }

    /** No command is said like this. */
    record Unknown(String problem, List<String> help) implements Misunderstood {
        public Unknown {
            help = List.copyOf(help);
        }
    }

    /** A command is said like this, and something is missing. */
    record Incomplete(String problem, List<String> help) implements Misunderstood {
        public Incomplete {
            help = List.copyOf(help);
        }
    }

    /** A command is said like this, and something in it cannot be. */
    record Malformed(String problem, List<String> help) implements Misunderstood {
        public Malformed {
            help = List.copyOf(help);
        }
    }
}
