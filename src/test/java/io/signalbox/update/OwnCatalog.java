package io.signalbox.update;

import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.catalog.CurrentCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A catalog of one command, and whoever follows the folder that it is in. */
record OwnCatalog(CurrentCatalog catalog, Playbooks playbooks) {
    /** Writes the catalog to {@code folder} and reads it there. */
    static OwnCatalog in(Path folder, String command) throws IOException, BadCatalog {
        write(folder, of(command));
        CurrentCatalog catalog = new CurrentCatalog(new CatalogLoader(folder, List.of(folder.resolve("commands"))));
        return new OwnCatalog(catalog, new Playbooks(folder, catalog));
    }

    static void write(Path folder, String text) throws IOException {
        Path commands = Files.createDirectories(folder.resolve("commands"));
        Files.writeString(commands.resolve("own.yml"), text);
    }

    static String of(String command) {
        return """
                commands:
                  %s:
                    say: own
                    help: Does nothing.
                    risk: read
                    roles: [everyone]
                    timeout: 1m
                    run: {program: ["true"]}
                """.formatted(command);
    }

    boolean has(String command) {
        return catalog.get().find(command).isPresent();
    }
}
