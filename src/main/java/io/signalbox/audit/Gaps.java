package io.signalbox.audit;

import io.signalbox.brain.CommitResult;
import java.util.Optional;

/** The ways in which log and brain can contradict one another, in words for people. Nothing is repaired: both may be evidence. */
final class Gaps {
    private static final String WAY_OUT =
            "; restore the one that is older, or name a new topic in kafka.topic and keep this one as it is";

    private Gaps() {}

    static LogRefused ahead(String topic, long log, long brain) {
        return new LogRefused(
                "the log " + topic + " ends with record " + log + ", but the brain has given numbers up to " + brain
                        + " only: it does not know " + range(brain + 1, log) + WAY_OUT);
    }

    /** Throws {@link LogRefused} where the log lacks, or changed, what it had acknowledged. */
    static void requireWhatWasAcknowledged(String topic, Optional<Head> acknowledged, Optional<Entry> last) {
        if (acknowledged.isEmpty()) {
            return;
        }
        Head known = acknowledged.get();
        Head found = last.map(Entry::head).orElse(Head.START);
        if (found.sequence() < known.sequence()) {
            throw new LogRefused("the log " + topic + " ends with record " + found.sequence() + ", but "
                    + known.sequence() + " had been acknowledged: " + range(found.sequence() + 1, known.sequence())
                    + " gone" + WAY_OUT);
        }
        if (found.sequence() == known.sequence() && !found.hash().equals(known.hash())) {
            throw new LogRefused("record " + known.sequence() + " of the log " + topic
                    + " is not the one that was acknowledged" + WAY_OUT);
        }
    }

    static LogRefused declined(String topic, Head head, CommitResult.Declined declined) {
        return switch (declined.code()) {
            case "ahead" -> ahead(topic, head.sequence(), Long.parseLong(declined.detail()));
            case "differs" ->
                new LogRefused("record " + head.sequence() + " of the log " + topic
                        + " is another event than the brain's number " + head.sequence() + WAY_OUT);
            case "gap" ->
                new LogRefused("the log " + topic + " ends with record " + head.sequence()
                        + ", and the next that the brain still holds is " + declined.detail() + ": "
                        + range(head.sequence() + 1, Long.parseLong(declined.detail()) - 1) + " missing" + WAY_OUT);
            case "moved" ->
                new LogRefused("the brain is no longer where this relay left it (" + declined.detail() + ")");
            default -> new LogRefused("the brain declined: " + declined.code() + " " + declined.detail());
        };
    }

    private static String range(long from, long to) {
        return from == to ? "record " + from : "records " + from + " to " + to;
    }
}
