package io.signalbox.audit;

import java.util.ArrayList;
import java.util.List;

/** What a verification found, for people. */
record Verdict(int records, Head first, Head last, List<Head> anchors, List<Flaw> flaws) {
    Verdict {
        anchors = List.copyOf(anchors);
        flaws = List.copyOf(flaws);
    }

    /** {@code log} is in the order of the topic. */
    static Verdict of(List<Standing> log, List<Head> anchors, List<Flaw> flaws) {
        return log.isEmpty()
                ? new Verdict(0, Head.START, Head.START, anchors, flaws)
                : new Verdict(log.size(), head(log.get(0)), head(log.get(log.size() - 1)), anchors, flaws);
    }

    boolean sound() {
        return flaws.isEmpty();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!sound()) {
            lines.add("The audit log is not what was written:");
            flaws.forEach(flaw -> lines.add("  " + flaw.words()));
            lines.add(records + " records were read. Keep the topic as it is: it is evidence.");
            return lines;
        }
        lines.add(
                records == 0
                        ? "The audit log holds nothing."
                        : "The chain is whole: " + records + " records, " + first.sequence() + " to " + last.sequence()
                                + ", the last is " + last.brief() + ".");
        if (first.sequence() > 1) {
            lines.add("It begins after record " + (first.sequence() - 1)
                    + ": those before are in another topic, or older than kafka.retention.");
        }
        lines.add(noted());
        return lines;
    }

    private String noted() {
        List<String> here = anchors.stream()
                .filter(anchor -> anchor.sequence() >= first.sequence())
                .map(Head::brief)
                .toList();
        return here.isEmpty()
                ? "Nothing outside of it vouches for its end: give --anchor NUMBER:HASH."
                : "It holds what was noted elsewhere: " + String.join(", ", here) + ".";
    }

    private static Head head(Standing record) {
        return new Head(record.sequence(), record.hash());
    }
}
