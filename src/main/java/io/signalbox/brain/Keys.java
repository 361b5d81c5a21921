package io.signalbox.brain;

import io.signalbox.bus.Kind;

/**
 * Every key of the brain that more than one stage may read. A stage's own keys are named in its own package and begin
 * with the stage's name: {@code sb:gate:…}, {@code sb:chat:…}, {@code sb:audit:…}, {@code sb:run:…}.
 *
 * <p>Lua fragments write the same names out; a change here is a change there.
 */
public final class Keys {
    /** With this begins every key of Signalbox. */
    static final String PREFIX = "sb:";

    /** Hash: {@code version} of the layout, and {@code reader}, the oldest version a release must know to change it. */
    public static final String SCHEMA = "sb:schema";

    /** String: the sequence number of the newest event. */
    public static final String SEQUENCE = "sb:seq";

    /** Stream: events that Kafka has not acknowledged yet; the entry's id is {@code <sequence number>-0}. */
    public static final String OUTBOX = "sb:outbox";

    /** Sorted set: commands with news that nobody in chat was told yet, by the sequence number of the newest. */
    public static final String UNTOLD = "sb:untold";

    /** Set: the names of the locks that are held. */
    public static final String LOCKS = "sb:locks";

    /** Set: the names of the locks that persons keep by hand. */
    public static final String HOLDS = "sb:holds";

    /** Hash: what is frozen, by environment or {@code everything}; JSON of {@link Freeze}. */
    public static final String FREEZES = "sb:freezes";

    /** String: the highest sequence number that Kafka has acknowledged; written by audit. */
    public static final String AUDIT_ACKNOWLEDGED = "sb:audit:acked";

    /** Hash: whether the audit log takes records now, {@code open} and {@code reason}; written by audit. */
    public static final String AUDIT_STATUS = "sb:audit:status";

    /** Hash: {@code topic}, {@code sequence} and {@code hash} of the newest acknowledged record; written by audit. */
    public static final String AUDIT_HEAD = "sb:audit:head";

    private Keys() {}

    /** Hash of a held lock: {@code command}, {@code person}, {@code personName}, {@code since} in ms, {@code what}. */
    public static String lock(String name) {
        return "sb:lock:" + name;
    }

    /** Hash of a lock kept by hand: {@code command}, {@code person}, {@code personName}, {@code since}, {@code until}, {@code reason}. */
    public static String hold(String name) {
        return "sb:hold:" + name;
    }

    /** Set: the commands that are in this state now; kept for states that do not end a command. */
    public static String in(Kind state) {
        return "sb:in:" + state.title();
    }

    /** Hash: who holds this role, by the person's id, and since when in milliseconds; written by the gate. */
    public static String role(String role) {
        return "sb:gate:role:" + role;
    }
}
