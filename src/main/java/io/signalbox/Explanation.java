package io.signalbox;

import io.signalbox.about.Explainer;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Person;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.language.Interpretation;
import io.signalbox.language.Interpreter;
import io.signalbox.runner.NotRunnable;
import io.signalbox.runner.PasteLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What words would do, and the line that does it by hand: the same for chat and for a terminal without a bot. */
final class Explanation implements Explainer {
    /** Words that name a person are not explained further, so it does not matter in whose chat they are said. */
    private static final Person READER = new Person("console:reader", "reader");

    private final Supplier<Catalog> catalog;
    private final PasteLine pasteLine;

    Explanation(Supplier<Catalog> catalog, PasteLine pasteLine) {
        this.catalog = catalog;
        this.pasteLine = pasteLine;
    }

    /** {@code understood} is false where the words are no command or could not be run. */
    record Explained(boolean understood, List<String> lines) {}

    @Override
    public List<String> explain(String words) {
        return of(words).lines();
    }

    Explained of(String words) {
        Interpretation meant = new Interpreter(catalog.get()).interpret(words, READER);
        if (meant instanceof Interpretation.Understood understood) {
            return of(understood.instruction());
        }
        var misunderstood = (Interpretation.Misunderstood) meant;
        List<String> lines = new ArrayList<>(List.of(misunderstood.problem()));
        lines.addAll(misunderstood.help());
        return new Explained(false, lines);
    }

    private Explained of(Instruction instruction) {
        CommandSpec spec = catalog.get().command(instruction.command());
        if (!spec.startsProcess()) {
            return new Explained(true, List.of("`" + instruction.canonical() + "` starts nothing: " + spec.help()));
        }
        try {
            return new Explained(true, List.of(pasteLine.of(spec, instruction)));
        } catch (NotRunnable unrunnable) {
            return new Explained(false, List.of(String.valueOf(unrunnable.getMessage())));
        }
    }
}
