package io.signalbox.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares a log with the chain that its newest record is the end of. Each record vouches for the one before it, so the walk
 * goes backwards: what is missing on the way was removed, what does not fit was changed, what is never come by was inserted.
 */
final class Verification {
    private final NavigableMap<Long, List<Standing>> bySequence = new TreeMap<>();
    private final List<Flaw> flaws = new ArrayList<>();

    private Verification() {}

    /**
     * Every flaw, those at the end of the chain first. {@code log} is in the order of the topic; {@code anchors} are heads that
     * were noted outside of it, whose hashes may be cut short.
     */
    static List<Flaw> of(List<Standing> log, Collection<Head> anchors) {
        Verification verification = new Verification();
        log.forEach(each -> verification
                .bySequence
                .computeIfAbsent(each.sequence(), number -> new ArrayList<>())
                .add(each));
        verification.anchored(anchors);
        Deque<Standing> chain = verification.walk();
        verification.requireOrder(chain);
        verification.requireNothingElse(log, chain);
        return List.copyOf(verification.flaws);
    }

    private void anchored(Collection<Head> anchors) {
        long end = bySequence.isEmpty() ? 0 : bySequence.lastKey();
        anchors.stream().mapToLong(Head::sequence).max().ifPresent(newest -> {
            if (newest > end) {
                flaws.add(new Flaw.CutOff(end + 1, newest));
            }
        });
        for (Head anchor : anchors) {
            List<Standing> here = bySequence.getOrDefault(anchor.sequence(), List.of());
            if (!here.isEmpty() && here.stream().noneMatch(each -> each.hash().startsWith(anchor.hash()))) {
                flaws.add(new Flaw.Rewritten(anchor, here.get(0).offset()));
            }
        }
    }

    /** The records of the chain, oldest first. */
    private Deque<Standing> walk() {
        Deque<Standing> chain = new ArrayDeque<>();
        Optional<Standing> next = bySequence.isEmpty() ? Optional.empty() : Optional.of(newest());
        while (next.isPresent()) {
            chain.addFirst(next.get());
            next = before(next.get());
        }
        return chain;
    }

    /** Of several that claim the last number, the one that was there first. */
    private Standing newest() {
        return bySequence.lastEntry().getValue().get(0);
    }

    private Optional<Standing> before(Standing record) {
        Map.@Nullable Entry<Long, List<Standing>> lower = bySequence.lowerEntry(record.sequence());
        if (lower == null) {
            return Optional.empty();
        }
        if (lower.getKey() < record.sequence() - 1) {
            flaws.add(new Flaw.Removed(lower.getKey() + 1, record.sequence() - 1));
            return Optional.of(likeliest(lower.getValue()));
        }
        Optional<Standing> vouchedFor = lower.getValue().stream()
                .filter(each -> each.hash().equals(record.previousHash()))
                .findFirst();
        if (vouchedFor.isEmpty()) {
            Standing changed = likeliest(lower.getValue());
            flaws.add(new Flaw.Changed(changed.sequence(), changed.offset()));
            return Optional.of(changed);
        }
        return vouchedFor;
    }

    /** Where nothing vouches for one of them: the one that itself follows a record of this log. */
    private Standing likeliest(List<Standing> claimants) {
        return claimants.stream()
                .filter(each -> bySequence.getOrDefault(each.sequence() - 1, List.of()).stream()
                        .anyMatch(earlier -> earlier.hash().equals(each.previousHash())))
                .findFirst()
                .orElse(claimants.get(0));
    }

    /** Names the records that were moved: as few as explain the order. */
    private void requireOrder(Deque<Standing> chain) {
        Set<Standing> kept = longestInOrder(List.copyOf(chain));
        chain.stream()
                .filter(each -> !kept.contains(each))
                .forEach(each -> flaws.add(new Flaw.Reordered(each.sequence(), each.offset())));
    }

    /** The longest series with growing offsets; {@code ends} holds, for each length, the least offset that one can end with. */
    private static Set<Standing> longestInOrder(List<Standing> chain) {
        NavigableMap<Long, Standing> ends = new TreeMap<>();
        Map<Standing, Standing> before = new HashMap<>();
        for (Standing each : chain) {
            Map.@Nullable Entry<Long, Standing> less = ends.lowerEntry(each.offset());
            if (less != null) {
                before.put(each, less.getValue());
            }
            @Nullable Long more = ends.ceilingKey(each.offset());
            if (more != null) {
                ends.remove(more);
            }
            ends.put(each.offset(), each);
        }
        Set<Standing> kept = new HashSet<>();
        @Nullable Standing last = ends.isEmpty() ? null : ends.lastEntry().getValue();
        while (last != null) {
            kept.add(last);
            last = before.get(last);
        }
        return kept;
    }

    private void requireNothingElse(List<Standing> log, Deque<Standing> chain) {
        Set<Standing> known = new HashSet<>(chain);
        log.stream()
                .filter(each -> !known.contains(each))
                .forEach(each -> flaws.add(new Flaw.Inserted(each.sequence(), each.offset())));
    }
}
