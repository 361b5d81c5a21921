package io.signalbox.about;

import io.signalbox.brain.Story;
import io.signalbox.bus.Instruction;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code where can i deploy}: the environments that there are, and who is busy in them. */
final class Where {
    private static final String ENVIRONMENT = "environment";

    private final Supplier<Catalog> catalog;
    private final Status status;

    Where(Supplier<Catalog> catalog, Status status) {
        this.catalog = catalog;
        this.status = status;
    }

    /** {@code app}: the first part of its commands' names; empty for all of them. */
    Future<String> tell(Optional<String> app) {
        var known = catalog.get().commands().values().stream()
                .filter(CommandSpec::startsProcess)
                .map(spec -> app(spec.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (app.isPresent() && !known.contains(app.get())) {
            return Future.succeededFuture("The catalog has no commands for '" + app.get() + "'"
                    + (known.isEmpty() ? "." : ", only for " + String.join(", ", known) + "."));
        }
        return status.underWay().map(stories -> {
            String lines = environments().stream()
                    .map(environment -> environment + ": " + busy(stories, app, environment))
                    .collect(Collectors.joining("\n"));
            return lines.isEmpty() ? "The catalog has no environments." : lines;
        });
    }

    private String busy(List<Story> stories, Optional<String> app, String environment) {
        String busy = stories.stream()
                .filter(story -> isIn(environment, story.instruction()))
                .filter(story ->
                        app.map(app(story.instruction().command())::equals).orElse(true))
                .map(status::line)
                .collect(Collectors.joining("; "));
        return busy.isEmpty() ? "free" : busy;
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
