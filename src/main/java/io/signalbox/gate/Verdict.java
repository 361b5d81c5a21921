package io.signalbox.gate;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** What the gate says. A refusal is a value with words for people, never a failed future. */
sealed interface Verdict {
    /** What comes after this one: the next verdict where this allows, this one where it refuses. */
    Future<Verdict> and(Supplier<Future<Verdict>> next);

    static Verdict allowed() {
        return Allowed.YES;
    }

    /** Nothing is against it so far. */
    enum Allowed implements Verdict {
        YES;

        @Override
        public Future<Verdict> and(Supplier<Future<Verdict>> next) {
            return next.get();
        }
    }

    /**
     * No.
     *
     * @param code one stable word per reason
     * @param reason what is in the way, in a sentence
     * @param help what would help, in sentences
     */
    record Refused(String code, String reason, List<String> help) implements Verdict {
        public Refused {
            help = List.copyOf(help);
        }

        Refused(String code, String reason, String... help) {
            this(code, reason, List.of(help));
        }

        @Override
        public Future<Verdict> and(Supplier<Future<Verdict>> next) {
            return Future.succeededFuture(this);
        }
    }
}
