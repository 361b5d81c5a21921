package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Plan;
import io.signalbox.runner.CodeCopies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away the copies of the code that no command waits for or runs any more. */
final class CodeCare {
    private static final Logger LOG = LoggerFactory.getLogger(CodeCare.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Vertx vertx;
    private final Brain brain;
    private final CodeCopies copies;

    CodeCare(Vertx vertx, Brain brain, CodeCopies copies) {
        this.vertx = vertx;
        this.brain = brain;
        this.copies = copies;
    }

    void open() {
        vertx.setPeriodic(EVERY.toMillis(), timer -> tidy());
    }

    private void tidy() {
        List<Future<List<CommandId>>> living = Arrays.stream(Kind.values())
                .filter(kind -> !kind.isTerminal())
                .map(brain::in)
                .toList();
        Future.all(living)
                .compose(found -> Future.all(found.<List<CommandId>>list().stream()
                        .flatMap(List::stream)
                        .map(brain::story)
                        .toList()))
                .compose(found -> copies.keepOnly(found.<Optional<Story>>list().stream()
                        .flatMap(Optional::stream)
                        .flatMap(story -> plan(story).stream())
                        .map(Plan::content)
                        .collect(Collectors.toSet())))
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("error", failure.getMessage())
                        .log("Old copies of the code stay for now"));
    }

    private static Optional<Plan> plan(Story story) {
        return story.last(Event.Admitted.class)
                .map(Event.Admitted::plan)
                .or(() -> story.last(Event.ApprovalRequested.class).map(Event.ApprovalRequested::plan));
    }
}
