package io.signalbox.audit;

import io.signalbox.brain.Brain;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Keys;
import io.signalbox.brain.OutboxEntry;
import io.signalbox.bus.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the brain knows of the log. Futures fail with {@link LogRefused} where log and brain contradict one another. */
final class Ledger {
    private static final Fragment ADOPT = Fragment.beside(Ledger.class, "audit.adopt", "adopt.lua");
    private static final Fragment ACKNOWLEDGE = Fragment.beside(Ledger.class, "audit.acknowledge", "acknowledge.lua");
    private static final Fragment STATUS = Fragment.beside(Ledger.class, "audit.status", "status.lua");

    /** What says that a run needed somebody's word, as in production. */
    private static final JsonArray AGREED =
            new JsonArray().add(Kind.APPROVAL_GIVEN.title()).add(Kind.GLASS_BROKEN.title());

    private final Brain brain;
    private final String topic;
    private final String relay;

    /** {@code relay} names the relay that writes through this, in this process and no other. */
    Ledger(Brain brain, String topic, String relay) {
        this.brain = brain;
        this.topic = topic;
        this.relay = relay;
    }

    /** What was acknowledged last, in whichever topic; empty where nothing ever was. */
    record Known(String topic, Head head) {}

    Future<Optional<Known>> known() {
        return brain.hash(Keys.AUDIT_HEAD).map(Ledger::known);
    }

    /** What vouches for the end of this topic. */
    Future<List<Head>> anchors() {
        return known().map(known ->
                known.filter(this::isHere).map(Known::head).stream().toList());
    }

    private static Optional<Known> known(Map<String, String> fields) {
        String topic = fields.get("topic");
        String sequence = fields.get("sequence");
        String hash = fields.get("hash");
        return topic == null || sequence == null || hash == null
                ? Optional.empty()
                : Optional.of(new Known(topic, new Head(Long.parseLong(sequence), hash)));
    }

    /** Whether a topic that does not exist is one that never did. */
    Future<Boolean> mayCreate() {
        return known().map(known -> known.filter(this::isHere).isEmpty());
    }

    /** Fails where the log has records that this brain never wrote. */
    Future<Void> requireNotAhead(Optional<Entry> last) {
        return brain.value(Keys.SEQUENCE)
                .map(number -> Long.parseLong(number.orElse("0")))
                .compose(number -> last.isPresent() && last.get().sequence() > number
                        ? Future.failedFuture(Gaps.ahead(topic, last.get().sequence(), number))
                        : Future.succeededFuture());
    }

    /** Where the log goes on, given its newest record; what it holds leaves the outbox. */
    Future<Head> adopt(Optional<Entry> last) {
        return known().compose(known -> {
            Gaps.requireWhatWasAcknowledged(topic, known.filter(this::isHere).map(Known::head), last);
            Head head =
                    last.map(Entry::head).orElseGet(() -> known.map(Known::head).orElse(Head.START));
            JsonObject arguments = position(head);
            last.ifPresent(entry -> arguments.put("event", entry.data()));
            return brain.apply(ADOPT, arguments).compose(result -> accepted(result, head));
        });
    }

    private boolean isHere(Known known) {
        return known.topic().equals(topic) && known.head().sequence() > 0;
    }

    private Future<Head> accepted(CommitResult result, Head head) {
        return result instanceof CommitResult.Declined declined
                ? Future.failedFuture(Gaps.declined(topic, head, declined))
                : Future.succeededFuture(head);
    }

    /** Kafka has everything up to {@code to}, {@code moved} at the end; the brain was told so up to {@code from}. */
    Future<Head> acknowledge(Head from, Head to, List<OutboxEntry> moved) {
        JsonObject arguments = position(to)
                .put("fromSequence", from.sequence())
                .put("fromHash", from.hash())
                .put("anchor", to.brief())
                .put("agreed", AGREED)
                .put("ended", ended(moved));
        return brain.apply(ACKNOWLEDGE, arguments).compose(result -> accepted(result, to));
    }

    /** The runs among these that are over; their results may be told with an anchor. */
    private static JsonArray ended(List<OutboxEntry> moved) {
        JsonArray ended = new JsonArray();
        for (OutboxEntry entry : moved) {
            JsonObject event = new JsonObject(entry.json());
            if (Kind.FINISHED.title().equals(event.getString("kind"))) {
                ended.add(new JsonObject().put("command", event.getString("id")).put("sequence", entry.sequence()));
            }
        }
        return ended;
    }

    Future<List<OutboxEntry>> outbox(int most) {
        return brain.outbox(most);
    }

    /** {@code replaced}: another relay has the right to write; what it says of itself counts. */
    Future<CommitResult> say(Status status, boolean replaced) {
        return brain.apply(
                STATUS,
                new JsonObject()
                        .put("relay", relay)
                        .put("open", status.open() ? "yes" : "no")
                        .put("reason", status.reason())
                        .put("replaced", replaced));
    }

    private JsonObject position(Head head) {
        return new JsonObject()
                .put("topic", topic)
                .put("sequence", head.sequence())
                .put("hash", head.hash());
    }
}
