package io.signalbox.language;

import io.signalbox.catalog.Catalog;
import java.util.function.Supplier;

/** The interpreter of the catalog in use, made anew when that has become another one. To be used from one event loop. */
public final class CurrentInterpreter implements Supplier<Interpreter> {
    private final Supplier<Catalog> catalog;
    private Interpreter interpreter;

    /** {@code catalog}: the one in use, which may become another at any time. */
    public CurrentInterpreter(Supplier<Catalog> catalog) {
        this.catalog = catalog;
        this.interpreter = new Interpreter(catalog.get());
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a catalog is replaced as a whole
    public Interpreter get() {
        Catalog now = catalog.get();
        if (interpreter.grammar().catalog() != now) {
            interpreter = new Interpreter(now);
        }
        return interpreter;
    }
}
