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
    /** Needs two others. */
    static final String RELEASE = "demo.release";
    /** Needs nobody, passes freezes and those who wait. */
    static final String ROLLBACK = "demo.rollback";

    static final String LOOK = "demo.look";
    static final String DEPLOYER = "deployer";
    static final String ADMIN = "admin";
    static final String ONCALL = "oncall";
    static final String EVERYONE = "everyone";
    static final String EVERYTHING = "everything";
    static final List<String> ENVIRONMENTS = List.of("staging", "production");
    static final Duration TO_APPROVE = Duration.ofMinutes(5);
    /** How long an approved command may take to begin where the time to approve is nearly over. */
    static final Duration FRESH = Duration.ofMinutes(2);

    /** Runs that may be under way together. */
    static final int AT_ONCE = 2;

    static final Duration TO_WAIT = Duration.ofMinutes(12);
    /** How late what was scheduled may begin. */
    static final Duration TIMELY = Duration.ofMinutes(5);

    private static final Set<String> RECORDED =
            Set.of("approve", "break-glass", "grant", "revoke", "lock", "extend", "unlock", "freeze", "thaw", "move");

    private static final String CATALOG = """
            arguments:
              environment: {one of: [staging, production]}
            policy:
              roles:
                admin:    {help: Gives roles., grants: [admin, deployer, oncall]}
                deployer: {help: Deploys.}
                oncall:   {help: Breaks the glass.}
              break-glass: [oncall]
              limits: {running: 2}
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
              demo.release:
                say: release {environment}
                help: Releases.
                risk: destroy
                roles: [deployer]
                approval: {by: deployer, needed: 2}
                lock: demo/{environment}
                timeout: 1m
                run: {program: ["true"]}
              demo.rollback:
                say: rollback {environment}
                help: Rolls back.
                risk: change
                roles: [deployer]
                lock: demo/{environment}
                frozen: allowed
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
        return isRun(story) || RECORDED.contains(story.instruction().command());
    }

    /** The roles of which one is enough. */
    static Set<String> roles(String command) {
        return switch (command) {
            case DEPLOY, RELEASE, ROLLBACK -> Set.of(DEPLOYER);
            case "grant", "revoke" -> Set.of(ADMIN);
            case "break-glass" -> Set.of(ONCALL);
            case "lock", "extend", "unlock", "freeze", "thaw" -> Set.of(ADMIN, DEPLOYER);
            default -> Set.of(EVERYONE);
        };
    }

    /** How many others have to agree. */
    static int needed(Instruction instruction) {
        return switch (instruction.command()) {
            case DEPLOY -> environment(instruction).equals("production") ? 1 : 0;
            case RELEASE -> 2;
            default -> 0;
        };
    }

    static Optional<String> lock(Instruction instruction) {
        return Set.of(DEPLOY, RELEASE, ROLLBACK).contains(instruction.command())
                ? Optional.of(lock(environment(instruction)))
                : Optional.empty();
    }

    static String lock(String environment) {
        return "demo/" + environment;
    }

    /** Where a freeze keeps it from beginning. */
    static List<String> scopes(Instruction instruction) {
        return Set.of(DEPLOY, RELEASE).contains(instruction.command())
                ? List.of(EVERYTHING, environment(instruction))
                : List.of();
    }

    /** Whether it need not stand in line. */
    static boolean goesAhead(Instruction instruction) {
        return instruction.command().equals(ROLLBACK);
    }

    private static String environment(Instruction instruction) {
        return instruction.arguments().getOrDefault("environment", "");
    }
}
