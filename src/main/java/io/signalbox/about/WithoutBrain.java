package io.signalbox.about;

import io.signalbox.bus.Signal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The three words that are answered past the gate while the brain does not answer. */
final class WithoutBrain {
    private static final String UNRECORDED = "\n(The brain, Redis, does not answer: this was not recorded.)";

    private final Help help;
    private final Release release;

    WithoutBrain(Help help, Release release) {
        this.help = help;
        this.release = release;
    }

    /** Null where the words are none of the three. */
    @Nullable
    String answer(Signal.Unrecorded question) {
        return switch (question.text().strip().toLowerCase(Locale.ROOT)) {
            case "ping" -> "pong" + UNRECORDED;
            case "help" -> help.all() + UNRECORDED;
            case "status" -> release + "\nbrain (Redis): does not answer, so nothing is started" + UNRECORDED;
            default -> null;
        };
    }
}
