package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ways that a command can go. */
final class Ways {
    private static final Set<Kind> ASKED = Set.of(Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN);
    private static final Set<Kind> WAITING =
            Set.of(Kind.SCHEDULED, Kind.QUEUED, Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN);
    private static final Set<Kind> TO_BEGIN =
            Set.of(Kind.UNDERSTOOD, Kind.SCHEDULED, Kind.QUEUED, Kind.APPROVAL_GIVEN, Kind.GLASS_BROKEN);

    private static final Map<Kind, Set<Kind>> AFTER = Map.ofEntries(
            Map.entry(Kind.UNDERSTOOD, Set.of(Kind.REQUESTED)),
            Map.entry(Kind.SCHEDULED, Set.of(Kind.UNDERSTOOD, Kind.SCHEDULED)),
            Map.entry(Kind.QUEUED, TO_BEGIN),
            Map.entry(Kind.APPROVAL_REQUESTED, Set.of(Kind.UNDERSTOOD, Kind.SCHEDULED, Kind.QUEUED)),
            Map.entry(Kind.APPROVAL_GIVEN, ASKED),
            Map.entry(Kind.GLASS_BROKEN, ASKED),
            Map.entry(Kind.DENIED, ASKED),
            Map.entry(Kind.WITHDRAWN, WAITING),
            Map.entry(Kind.EXPIRED, Set.of(Kind.QUEUED, Kind.APPROVAL_REQUESTED, Kind.APPROVAL_GIVEN)),
            Map.entry(Kind.VOIDED, Set.of(Kind.QUEUED, Kind.APPROVAL_GIVEN, Kind.GLASS_BROKEN)),
            Map.entry(Kind.ADMITTED, TO_BEGIN),
            Map.entry(Kind.REFUSED, TO_BEGIN));

    private Ways() {}

    /** Whether this may come next; {@code story} is empty where nobody has asked for it yet. */
    static boolean lead(Optional<Story> story, Kind kind) {
        return story.map(before -> switch (kind) {
                    case REQUESTED -> false;
                    case ANSWERED -> before.state() == Kind.ADMITTED && !Rules.isRun(before);
                    case FINISHED -> before.state() == Kind.ADMITTED && Rules.isRun(before);
                    default -> AFTER.getOrDefault(kind, Set.of()).contains(before.state());
                })
                .orElse(kind == Kind.REQUESTED);
    }
}
