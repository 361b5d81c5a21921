package io.signalbox.run;

import io.signalbox.bus.Home;
import io.signalbox.config.RunConduct;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How runs are started and followed.
 *
 * @param python that runs the wrapper; its standard library is enough
 * @param wrapper the program that is the parent of each run
 * @param home the state folder below which runs of this bot have theirs
 * @param conduct what the settings say of it
 * @param settling how long after a start the audit log is waited for before the first is dispatched
 * @param acknowledgement how long after {@code Dispatched} the audit log may take to acknowledge it
 * @param grace what a cancelled or overdue run is given after SIGINT, and again after SIGTERM; empty: the wrapper decides
 */
public record RunRules(
        Path python,
        Path wrapper,
        Home home,
        RunConduct conduct,
        Duration settling,
        Duration acknowledgement,
        Optional<Duration> grace) {
    private static final Duration SETTLING = Duration.ofSeconds(20);
    private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(5);

    public static RunRules standard(Path code, Home home, RunConduct conduct) {
        return new RunRules(
                Path.of("/usr/bin/python3"),
                code.resolve("libexec/signalbox-run"),
                home,
                conduct,
                SETTLING,
                ACKNOWLEDGEMENT,
                Optional.empty());
    }
}
