package io.signalbox.update;

import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CurrentCatalog;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of playbooks and catalog, which is a link on a server: when it names another one, the catalog is read again. */
public final class Playbooks {
    private static final Logger LOG = LoggerFactory.getLogger(Playbooks.class);

    private final Path code;
    private final CurrentCatalog catalog;
    private @Nullable Path read;

    /** {@code code}: the folder that {@code catalog} is in. */
    public Playbooks(Path code, CurrentCatalog catalog) {
        this.code = code;
        this.catalog = catalog;
    }

    /**
     * Blocks. The first time it reads the catalog in any case: the link may have moved while the bot started. Where there are
     * mistakes in it, that is told once, and the catalog in use stays. To be called by one thread at a time.
     */
    void follow() throws IOException {
        Path now = code.toRealPath();
        if (now.equals(read)) {
            return;
        }
        read = now;
        try {
            int commands = catalog.reload().commands().size();
            LOG.atInfo()
                    .addKeyValue("folder", now)
                    .addKeyValue("commands", commands)
                    .log("The catalog in use is that of this folder");
        } catch (BadCatalog mistakes) {
            LOG.atError()
                    .addKeyValue("folder", now)
                    .addKeyValue("error", mistakes.getMessage())
                    .log("The catalog of the folder that is in use now has mistakes: the one before stays");
        }
    }
}
