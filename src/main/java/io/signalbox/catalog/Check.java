package io.signalbox.catalog;

import java.io.PrintStream;

/** Tells whether a catalog can be used, without a bot. */
public final class Check {
    private Check() {}

    /** Prints every mistake to {@code errors}, or to {@code out} how many commands there are; true where all is well. */
    public static boolean run(CatalogLoader loader, PrintStream out, PrintStream errors) {
        try {
            Catalog catalog = loader.load();
            long running = catalog.commands().values().stream()
                    .filter(CommandSpec::startsProcess)
                    .count();
            out.println(running + " commands and " + (catalog.commands().size() - running) + " words about the bot, "
                    + policy(catalog.policy()) + ", all well");
            return true;
        } catch (BadCatalog e) {
            e.mistakes().forEach(errors::println);
            errors.println(e.mistakes().size() == 1 ? "1 mistake" : e.mistakes().size() + " mistakes");
            return false;
        }
    }

    private static String policy(PolicySpec policy) {
        int roles = policy.roles().size();
        return roles == 0 ? "no policy" : "a policy of " + roles + (roles == 1 ? " role" : " roles");
    }
}
