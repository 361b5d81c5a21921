package io.signalbox.audit;

import io.signalbox.brain.OutboxEntry;
import java.net.URI;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Each record carries the SHA-256 of the whole record before it, byte for byte as it stands in the log: nobody needs this
 * program, or a rule for canonical JSON, to check it.
 */
final class Chain {
    private final Envelope envelope;

    Chain(URI source) {
        this.envelope = new Envelope(source);
    }

    /** The record that follows {@code before}; throws {@link BrokenChain} where a number is missing between them. */
    Link link(Head before, OutboxEntry entry) {
        if (entry.sequence() != before.sequence() + 1) {
            throw new BrokenChain(
                    "the brain's next record is " + entry.sequence() + ", but the log ends with " + before.sequence());
        }
        Envelope.Sealed sealed = envelope.seal(entry, before.hash());
        return new Link(sealed.key(), sealed.text(), new Head(entry.sequence(), DigestUtils.sha256Hex(sealed.text())));
    }

    /** The head after this record; throws {@link BrokenChain} where it does not follow {@code before}. */
    static Head follow(Head before, Entry record) {
        if (record.sequence() != before.sequence() + 1) {
            throw new BrokenChain("record " + record.sequence() + " stands after record " + before.sequence());
        }
        if (!record.previousHash().equals(before.hash())) {
            throw new BrokenChain("record " + record.sequence() + " was not written after the record "
                    + before.sequence() + " that stands before it: one of the two was changed");
        }
        return record.head();
    }
}
