package io.signalbox.audit;

/** What is wrong with a log, and where: record numbers are those of the records themselves, offsets those of the topic. */
sealed interface Flaw {
    String words();

    /** The record after it was written after another text of it. */
    record Changed(long sequence, long offset) implements Flaw {
        @Override
        public String words() {
            return "record " + sequence + " (offset " + offset + ") was changed: the record after it was written after"
                    + " another text";
        }
    }

    /** The log is a sound chain, but not the one that somebody noted. */
    record Rewritten(Head anchor, long offset) implements Flaw {
        @Override
        public String words() {
            return "record " + anchor.sequence() + " (offset " + offset + ") is not the one that was noted as "
                    + anchor.brief() + ": it, or one before it, was written anew with everything after it";
        }
    }

    record Removed(long from, long to) implements Flaw {
        @Override
        public String words() {
            return from == to ? "record " + from + " was removed" : "records " + from + " to " + to + " were removed";
        }
    }

    /** What was noted lies behind the end of the log. */
    record CutOff(long from, long to) implements Flaw {
        @Override
        public String words() {
            return from == to
                    ? "record " + from + ", the newest that was noted, was cut off"
                    : "records " + from + " to " + to + " were cut off at the end";
        }
    }

    /** No record of the chain was written after it. */
    record Inserted(long sequence, long offset) implements Flaw {
        @Override
        public String words() {
            return "at offset " + offset + " a record was inserted that calls itself " + sequence;
        }
    }

    record Reordered(long sequence, long offset) implements Flaw {
        @Override
        public String words() {
            return "record " + sequence + " (offset " + offset
                    + ") was moved: it does not stand between its neighbours";
        }
    }

    record Foreign(long offset, String problem) implements Flaw {
        @Override
        public String words() {
            return "at offset " + offset + " stands something else: " + problem;
        }
    }

    /** Kafka gave up what was at the beginning. */
    record Forgotten(long offset) implements Flaw {
        @Override
        public String words() {
            return "the oldest records were deleted: the topic begins at offset " + offset;
        }
    }
}
