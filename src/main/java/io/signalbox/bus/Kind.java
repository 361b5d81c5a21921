package io.signalbox.bus;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The kinds of event, which are also the states of a command: a command's state is the kind of its last event. */
public enum Kind {
    REQUESTED("Requested"),
    MISUNDERSTOOD("Misunderstood"),
    UNDERSTOOD("Understood"),
    SCHEDULED("Scheduled"),
    QUEUED("Queued"),
    APPROVAL_REQUESTED("ApprovalRequested"),
    APPROVAL_GIVEN("ApprovalGiven"),
    GLASS_BROKEN("GlassBroken"),
    DENIED("Denied"),
    WITHDRAWN("Withdrawn"),
    EXPIRED("Expired"),
    VOIDED("Voided"),
    ADMITTED("Admitted"),
    REFUSED("Refused"),
    ANSWERED("Answered"),
    DISPATCHED("Dispatched"),
    STARTED("Started"),
    FINISHED("Finished");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    /** The name in the brain and in the audit log; it never changes. */
    public String title() {
        return title;
    }

    /** The states in which an event of this kind may happen; empty for the first one of a command. */
    public Set<Kind> after() {
        return switch (this) {
            case REQUESTED -> EnumSet.noneOf(Kind.class);
            case MISUNDERSTOOD, UNDERSTOOD -> EnumSet.of(REQUESTED);
            case SCHEDULED -> EnumSet.of(UNDERSTOOD, SCHEDULED);
            case QUEUED -> EnumSet.of(UNDERSTOOD, SCHEDULED, QUEUED, APPROVAL_GIVEN, GLASS_BROKEN);
            case APPROVAL_REQUESTED -> EnumSet.of(UNDERSTOOD, SCHEDULED, QUEUED);
            case APPROVAL_GIVEN, GLASS_BROKEN, DENIED -> EnumSet.of(APPROVAL_REQUESTED, APPROVAL_GIVEN);
            case WITHDRAWN, EXPIRED -> EnumSet.of(SCHEDULED, QUEUED, APPROVAL_REQUESTED, APPROVAL_GIVEN);
            case VOIDED -> EnumSet.of(SCHEDULED, QUEUED, APPROVAL_REQUESTED, APPROVAL_GIVEN, GLASS_BROKEN);
            case ADMITTED -> EnumSet.of(UNDERSTOOD, SCHEDULED, QUEUED, APPROVAL_GIVEN, GLASS_BROKEN);
            case REFUSED ->
                EnumSet.of(REQUESTED, UNDERSTOOD, SCHEDULED, QUEUED, APPROVAL_GIVEN, GLASS_BROKEN, ADMITTED);
            case ANSWERED, DISPATCHED -> EnumSet.of(ADMITTED);
            case STARTED -> EnumSet.of(DISPATCHED);
            case FINISHED -> EnumSet.of(ADMITTED, DISPATCHED, STARTED);
        };
    }

    /** Whether a command ends with an event of this kind. */
    public boolean isTerminal() {
        return switch (this) {
            case MISUNDERSTOOD, DENIED, WITHDRAWN, EXPIRED, VOIDED, REFUSED, ANSWERED, FINISHED -> true;
            case REQUESTED,
                    UNDERSTOOD,
                    SCHEDULED,
                    QUEUED,
                    APPROVAL_REQUESTED,
                    APPROVAL_GIVEN,
                    GLASS_BROKEN,
                    ADMITTED,
                    DISPATCHED,
                    STARTED -> false;
        };
    }

    public static Kind titled(String title) {
        return Arrays.stream(values())
                .filter(kind -> kind.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of event is called '" + title + "'"));
    }
}
