package io.signalbox.catalog;

import io.signalbox.notation.Mistake;
import java.util.List;
import java.util.stream.Collectors;

/** A catalog that cannot be used; the message lists every mistake with its file and line. */
public final class BadCatalog extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    public BadCatalog(List<Mistake> mistakes) {
        super((mistakes.size() == 1
                        ? "The catalog has a mistake:"
                        : "The catalog has " + mistakes.size() + " mistakes:")
                + mistakes.stream().map(each -> "\n  " + each).collect(Collectors.joining()));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
