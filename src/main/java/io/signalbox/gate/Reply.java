package io.signalbox.gate;

import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.bus.Event;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a word about the bot comes to. */
sealed interface Reply {
    /** No; nothing changes. */
    record No(Verdict.Refused why) implements Reply {}

    /**
     * An answer, with what has to change for it to be true: in one commit, or not at all.
     *
     * @param events transitions of other commands
     * @param parts checks and writes beside them
     * @param declined the reason where one of these parts declined
     */
    record Yes(
            String text,
            List<Event> events,
            List<Commit.Part> parts,
            Function<CommitResult.Declined, Future<Verdict.Refused>> declined)
            implements Reply {
        public Yes {
            events = List.copyOf(events);
            parts = List.copyOf(parts);
        }

        Yes with(Event event) {
            List<Event> more = new ArrayList<>(events);
            more.add(event);
            return new Yes(text, more, parts, declined);
        }

        Yes with(Commit.Part part) {
            List<Commit.Part> more = new ArrayList<>(parts);
            more.add(part);
            return new Yes(text, events, more, declined);
        }

        Yes orElse(Function<CommitResult.Declined, Future<Verdict.Refused>> reason) {
            return new Yes(text, events, parts, reason);
        }
    }

    static Yes say(String text) {
        return new Yes(
                text,
                List.of(),
                List.of(),
                declined -> Future.failedFuture(
                        new IllegalStateException("an answer was declined as '" + declined.code() + "'")));
    }

    static Future<Reply> no(String code, String reason, String... help) {
        return Future.succeededFuture(new No(new Verdict.Refused(code, reason, help)));
    }
}
