package io.signalbox.run;

import io.signalbox.process.Children;
import io.signalbox.process.ProcessSpec;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program that is the parent of each run, and that ends it where somebody cancels it. It outlives the bot. */
final class Wrapper {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C.UTF-8");
    private static final Duration MOMENT = Duration.ofSeconds(20);
    private static final int OUTPUT_LIMIT = 4096;

    private final Children children;
    private final RunRules rules;

    Wrapper(Children children, RunRules rules) {
        this.children = children;
        this.rules = rules;
    }

    /** Begins to end it; what comes of that is seen in the folder. */
    Future<Long> cancel(RunFolder folder) {
        List<String> arguments =
                new ArrayList<>(List.of("--cancel", folder.path().toString()));
        rules.grace()
                .ifPresent(grace -> arguments.addAll(List.of("--grace", Double.toString(grace.toMillis() / 1000.0))));
        return detach(folder, arguments);
    }

    /** In a session of its own, its complaints in the run's folder; gives its pid. */
    Future<Long> detach(RunFolder folder, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of(
                rules.python().toString(), "-I", "-S", "-E", rules.wrapper().toString()));
        argv.addAll(arguments);
        return children.detach(
                new ProcessSpec(argv, ENVIRONMENT, Path.of("/"), MOMENT, OUTPUT_LIMIT), folder.wrapperLog());
    }
}
