package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.Instruction;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CatalogLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The small catalog of the walks, and what it asks for, written out once more and by itself. */
final class Rules {
    static final String DEPLOY = "demo.deploy";
    static final String LOOK = "demo.look";
    static final String DEPLOYER = "deployer";
    static final String ADMIN = "admin";
    static final String EVERYONE = "everyone";
    static final List<String> ENVIRONMENTS = List.of("staging", "production");
    static final Duration TO_APPROVE = Duration.ofMinutes(5);
    /** How long an approved command may take to begin where the time to approve is nearly over. */
    static final Duration FRESH = Duration.ofMinutes(2);

    private static final String CATALOG = """
            arguments:
              environment: {one of: [staging, production]}
            commands:
              demo.deploy:
                say: deploy {environment}
                help: Deploys.
                risk: change
                roles: [deployer]
                approval: {when: {environment: production}, by: deployer}
                lock: demo/{environment}
                timeout: 1m
                run: {program: ["true"]}
              demo.look:
                say: look
                help: Looks.
                risk: read
                roles: [everyone]
                timeout: 1m
                run: {program: ["true"]}
            """;

    private Rules() {}

    static Catalog catalog(Path folder) {
        try {
            Path file = Files.writeString(folder.resolve("demo.yml"), CATALOG);
            return new CatalogLoader(folder, List.of(file)).load();
        } catch (Exception mistake) {
            throw new AssertionError(mistake);
        }
    }

    static boolean isRun(Story story) {
        return story.instruction().command().startsWith("demo.");
    }

    /** Whether it is to be recorded before it happens. */
    static boolean isRecorded(Story story) {
        return isRun(story)
                || Set.of("approve", "grant", "revoke", "unlock")
                        .contains(story.instruction().command());
    }

    /** The roles of which one is enough. */
    static Set<String> roles(String command) {
        return switch (command) {
            case DEPLOY -> Set.of(DEPLOYER);
            case "grant", "revoke" -> Set.of(ADMIN);
            case "unlock" -> Set.of(ADMIN, DEPLOYER);
            default -> Set.of(EVERYONE);
        };
    }

    static boolean needsYes(Instruction instruction) {
        return instruction.command().equals(DEPLOY)
                && "production".equals(instruction.arguments().get("environment"));
    }

    static Optional<String> lock(Instruction instruction) {
        return instruction.command().equals(DEPLOY)
                ? Optional.of(lock(instruction.arguments().getOrDefault("environment", "")))
                : Optional.empty();
    }

    static String lock(String environment) {
        return "demo/" + environment;
    }
}
