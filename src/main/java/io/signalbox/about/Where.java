package io.signalbox.about;

import io.signalbox.brain.Story;
import io.signalbox.bus.Instruction;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code where can i deploy}: the environments that there are, who is busy in them, and what is locked or frozen there. */
final class Where {
    private static final String ENVIRONMENT = "environment";

    private final Supplier<Catalog> catalog;
    private final Status status;
    private final ByHand byHand;

    Where(Supplier<Catalog> catalog, Status status, ByHand byHand) {
        this.catalog = catalog;
        this.status = status;
        this.byHand = byHand;
    }

    /** {@code app}: the first part of its commands' names; empty for all of them. */
    Future<String> tell(Optional<String> app) {
        Set<String> commands = catalog.get().commands().values().stream()
                .filter(CommandSpec::startsProcess)
                .map(CommandSpec::name)
                .filter(name -> app.map(app(name)::equals).orElse(true))
                .collect(Collectors.toSet());
        if (app.isPresent() && commands.isEmpty()) {
            return Future.succeededFuture(unknown(app.get()));
        }
        return Future.all(status.underWay(), byHand.standing()).map(both -> {
            List<Story> stories = both.resultAt(0);
            ByHand.Standing standing = both.resultAt(1);
            String lines = environments().stream()
                    .map(environment -> environment + ": "
                            + free(Stream.concat(
                                    standing.in(environment, commands).stream(), busy(stories, app, environment))))
                    .collect(Collectors.joining("\n"));
            return lines.isEmpty() ? "The catalog has no environments." : lines;
        });
    }

    private String unknown(String app) {
        var known = catalog.get().commands().values().stream()
                .filter(CommandSpec::startsProcess)
                .map(spec -> app(spec.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        return "The catalog has no commands for '" + app + "'"
                + (known.isEmpty() ? "." : ", only for " + String.join(", ", known) + ".");
    }

    private static String free(Stream<String> obstacles) {
        String all = obstacles.collect(Collectors.joining("; "));
        return all.isEmpty() ? "free" : all;
    }

    private Stream<String> busy(List<Story> stories, Optional<String> app, String environment) {
        return stories.stream()
                .filter(story -> isIn(environment, story.instruction()))
                .filter(story ->
                        app.map(app(story.instruction().command())::equals).orElse(true))
                .map(status::line);
    }

    private static boolean isIn(String environment, Instruction instruction) {
        return environment.equals(instruction.arguments().get(ENVIRONMENT));
    }

    private static String app(String command) {
        int dot = command.indexOf('.');
        return dot < 0 ? command : command.substring(0, dot);
    }

    private List<String> environments() {
        return Optional.ofNullable(catalog.get().arguments().get(ENVIRONMENT))
                .map(ArgumentType::values)
                .orElse(List.of());
    }
}
