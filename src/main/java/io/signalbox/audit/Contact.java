package io.signalbox.audit;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a relay begins: it takes the right to write and lets brain and log agree on where the log ends. */
final class Contact {
    private static final Logger LOG = LoggerFactory.getLogger(Contact.class);

    private final Ledger ledger;
    private final Clients clients;
    private final WorkerExecutor worker;

    Contact(Ledger ledger, Clients clients, WorkerExecutor worker) {
        this.ledger = ledger;
        this.clients = clients;
        this.worker = worker;
    }

    /** A writer, and where it goes on. */
    record Made(LogWriter writer, Head head) {}

    Future<Made> make() {
        return ledger.mayCreate()
                .compose(mayCreate -> worker.executeBlocking(() -> LogWriter.open(clients, mayCreate)))
                .compose(writer -> agree(writer)
                        .map(head -> new Made(writer, head))
                        .recover(failure -> end(writer).compose(closed -> Future.failedFuture(failure))));
    }

    // The log is read before the right is taken too: one that another brain's bot has written on stays that bot's.
    private Future<Head> agree(LogWriter writer) {
        return worker.executeBlocking(writer::last)
                .compose(ledger::requireNotAhead)
                .compose(follows -> worker.executeBlocking(() -> {
                    writer.take();
                    return writer.last();
                }))
                .compose(ledger::adopt);
    }

    /** Completes when the writer is closed, however that went. */
    Future<Void> end(LogWriter writer) {
        return worker.<Void>executeBlocking(() -> {
                    writer.close();
                    return null;
                })
                .onFailure(
                        e -> LOG.atDebug().addKeyValue("error", e.getMessage()).log("A writer was not closed cleanly"))
                .otherwiseEmpty();
    }
}
