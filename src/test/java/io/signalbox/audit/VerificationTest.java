package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.OutboxEntry;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.EventSamples;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private final List<Standing> log = sound();

    @Test
    void aSoundLogHasNoFlaw() {
        assertThat(Verification.of(log, List.of(head(log.size())))).isEmpty();
        assertThat(Verification.of(List.of(), List.of())).isEmpty();
    }

    @Test
    void aChangedRecordIsNamed() {
        Standing fifth = log.get(4);
        log.set(4, new Standing(fifth.offset(), 5, fifth.previousHash(), "f".repeat(64)));
        assertThat(flaws()).containsExactly(new Flaw.Changed(5, fifth.offset()));
    }

    @Test
    void removedRecordsAreNamed() {
        log.subList(4, 7).clear();
        assertThat(flaws()).containsExactly(new Flaw.Removed(5, 7));
    }

    @Test
    void anInsertedCopyIsNamedAndNotTheOriginal() {
        Standing copy = new Standing(1000, 3, log.get(2).previousHash(), "e".repeat(64));
        log.add(3, copy);
        assertThat(flaws()).containsExactly(new Flaw.Inserted(3, 1000));
    }

    @Test
    void aRecordThatIsWrittenTwiceIsNamed() {
        Standing third = log.get(2);
        log.add(new Standing(1000, 3, third.previousHash(), third.hash()));
        assertThat(flaws()).containsExactly(new Flaw.Inserted(3, 1000));
    }

    @Test
    void ofMovedRecordsTheOnesThatMovedAreNamed() {
        Standing third = log.get(2);
        log.set(2, new Standing(1000, 3, third.previousHash(), third.hash()));
        assertThat(flaws()).containsExactly(new Flaw.Reordered(3, 1000));
    }

    @Test
    void severalFlawsAreAllNamed() {
        Standing ninth = log.get(8);
        log.set(8, new Standing(ninth.offset(), 9, ninth.previousHash(), "f".repeat(64)));
        log.remove(3);
        assertThat(flaws()).containsExactly(new Flaw.Changed(9, ninth.offset()), new Flaw.Removed(4, 4));
    }

    @Test
    void aCutTailIsOnlyFoundAgainstAnAnchor() {
        Head end = head(log.size());
        log.subList(10, log.size()).clear();
        assertThat(flaws()).isEmpty();
        assertThat(Verification.of(log, List.of(end))).containsExactly(new Flaw.CutOff(11, end.sequence()));
    }

    @Test
    void aLogThatWasWrittenAnewIsOnlyFoundAgainstAnAnchorWhichMayBeShort() {
        Head noted = new Head(8, head(8).hash().substring(0, 12));
        List<Standing> forged = chain(EventSamples.complete().subList(1, 15));
        assertThat(Verification.of(forged, List.of())).isEmpty();
        assertThat(Verification.of(forged, List.of(noted)))
                .containsExactly(new Flaw.Rewritten(noted, forged.get(7).offset()));
        assertThat(Verification.of(log, List.of(noted))).isEmpty();
    }

    private List<Flaw> flaws() {
        return Verification.of(log, List.of());
    }

    private Head head(int sequence) {
        return new Head(sequence, log.get(sequence - 1).hash());
    }

    private static List<Standing> sound() {
        return chain(EventSamples.complete());
    }

    /** Offsets with holes, as the markers of transactions leave them. */
    private static List<Standing> chain(List<Event> events) {
        Chain chain = new Chain(URI.create("signalbox://deploy.example.org"));
        List<Standing> found = new ArrayList<>();
        Head head = Head.START;
        for (Event event : events) {
            OutboxEntry entry =
                    new OutboxEntry(head.sequence() + 1, EventJson.write(event).encode());
            Link link = chain.link(head, entry);
            found.add(Standing.of(2 * head.sequence(), Envelope.open(link.text())));
            head = link.head();
        }
        return found;
    }
}
