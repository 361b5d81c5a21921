package io.signalbox.catalog;

import java.util.function.Supplier;

/** The catalog in use. Reading it again replaces it as a whole, or not at all. */
public final class CurrentCatalog implements Supplier<Catalog> {
    private final CatalogLoader loader;
    private volatile Catalog current;

    /** Blocks while it reads. */
    public CurrentCatalog(CatalogLoader loader) throws BadCatalog {
        this.loader = loader;
        this.current = loader.load();
    }

    @Override
    public Catalog get() {
        return current;
    }

    /** Blocks while it reads; with mistakes in the files the catalog stays what it was. */
    public Catalog reload() throws BadCatalog {
        Catalog fresh = loader.load();
        current = fresh;
        return fresh;
    }
}
