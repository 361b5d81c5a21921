package io.signalbox.audit;

import io.signalbox.brain.BrainUnavailable;
import io.signalbox.brain.OutboxEntry;
import io.signalbox.bus.Events;
import io.signalbox.bus.Signal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Moves the outbox to the log: in order, nothing twice, nothing left out. Whatever goes wrong, it makes contact anew, which
 * begins with what the log really holds; a relay that another one replaced never does.
 *
 * <p>To be used from one event loop. Kafka's clients block and are used by one worker thread only.
 */
final class Relay {
    static final Duration PULSE = Duration.ofMillis(500);
    private static final Duration PROOF = Duration.ofMillis(400);
    private static final Duration SILENCE = Duration.ofMillis(1800);
    private static final int BATCH = 200;
    /** Right after a transaction Kafka still writes its markers: one that begins before that waits 20 ms and more. */
    private static final Duration BREATH = Duration.ofMillis(8);

    private final Vertx vertx;
    private final Ledger ledger;
    private final Chain chain;
    private final Events events;
    private final Reasons reasons;
    private final WorkerExecutor worker;
    private final Announcement announcement;
    private final Contact contact;

    private @Nullable LogWriter writer;
    private Head written = Head.START;
    private Head acknowledged = Head.START;
    private long proven = System.nanoTime();
    private long committed = System.nanoTime();
    private boolean busy;
    private boolean again;
    private boolean replaced;
    private boolean stopped;

    Relay(Vertx vertx, Ledger ledger, Clients clients, Chain chain, Events events) {
        this.vertx = vertx;
        this.ledger = ledger;
        this.chain = chain;
        this.events = events;
        this.reasons = new Reasons(clients.settings());
        this.announcement = new Announcement(ledger);
        this.worker = vertx.createSharedWorkerExecutor("signalbox-audit-" + System.identityHashCode(this), 1);
        this.contact = new Contact(ledger, clients, worker);
    }

    /** To be called every {@link #PULSE}: notices silence, tells the brain the status, and looks for work. */
    void pulse() {
        if (announcement.isOpen() && since(proven).compareTo(SILENCE) > 0) {
            announcement.become(Status.closed(reasons.silent()));
        } else {
            announcement.repeat();
        }
        wake();
    }

    /** There may be something in the outbox. */
    void wake() {
        if (replaced || stopped) {
            return;
        }
        again = busy;
        if (!busy) {
            busy = true;
            Future.succeededFuture()
                    .compose(start -> writer == null ? make() : Future.succeededFuture())
                    .compose(open -> move())
                    .onSuccess(done -> announcement.become(Status.OPEN))
                    .onFailure(this::lost)
                    .onComplete(done -> {
                        busy = false;
                        if (again && done.succeeded()) {
                            wake();
                        }
                    });
        }
    }

    /** Ends the right to write; what is in the outbox stays there. */
    Future<Void> stop() {
        stopped = true;
        LogWriter last = writer;
        writer = null;
        return announcement
                .last(Status.closed("the bot was stopped"))
                .compose(told -> last == null ? Future.succeededFuture() : contact.end(last))
                .eventually(worker::close);
    }

    private Future<Void> make() {
        return contact.make().compose(made -> {
            if (stopped) {
                return contact.end(made.writer());
            }
            writer = made.writer();
            written = made.head();
            proven = System.nanoTime();
            tellRecorded(made.head());
            return Future.succeededFuture();
        });
    }

    private Future<Void> move() {
        LogWriter open = Objects.requireNonNull(writer, "no contact");
        return breathe().compose(rested -> ledger.outbox(BATCH)).compose(entries -> {
            if (entries.isEmpty()) {
                return since(proven).compareTo(PROOF) < 0 ? Future.succeededFuture() : prove(open);
            }
            return append(open, entries)
                    .compose(appended -> ledger.acknowledge(acknowledged, written, entries))
                    .compose(head -> {
                        tellRecorded(head);
                        return entries.size() == BATCH && !stopped ? move() : Future.succeededFuture();
                    });
        });
    }

    private Future<Void> breathe() {
        long rest = BREATH.minus(since(committed)).toMillis();
        return rest <= 0
                ? Future.succeededFuture()
                : vertx.timer(rest, TimeUnit.MILLISECONDS).mapEmpty();
    }

    private Future<Void> prove(LogWriter open) {
        return worker.executeBlocking(() -> {
                    open.probe();
                    return open;
                })
                .onSuccess(answered -> proven = System.nanoTime())
                .mapEmpty();
    }

    /** What the log has already is only acknowledged once more: the brain did not answer the first time. */
    private Future<Void> append(LogWriter open, List<OutboxEntry> entries) {
        List<Link> links = new ArrayList<>();
        Head head = written;
        for (OutboxEntry entry : entries) {
            if (entry.sequence() > written.sequence()) {
                Link link = chain.link(head, entry);
                links.add(link);
                head = link.head();
            }
        }
        if (links.isEmpty()) {
            return Future.succeededFuture();
        }
        Head after = head;
        return worker.executeBlocking(() -> {
                    open.append(links);
                    return after;
                })
                .onSuccess(newest -> {
                    written = newest;
                    committed = System.nanoTime();
                    proven = committed;
                })
                .mapEmpty();
    }

    private void tellRecorded(Head head) {
        acknowledged = head;
        events.publish(new Signal.Recorded(head.sequence()));
    }

    private void lost(Throwable failure) {
        if (stopped) {
            return;
        }
        if (failure instanceof ProducerFencedException) {
            replaced = true;
            announcement.leaveTheWord();
        }
        LogWriter last = writer;
        // The brain's silence says nothing about the log.
        if (last != null && !(failure instanceof BrainUnavailable)) {
            writer = null;
            contact.end(last);
        }
        announcement.become(Status.closed(reasons.of(failure)));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
