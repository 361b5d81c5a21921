package io.signalbox.audit;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Map;

/** The words about the log, for those who may read what others did. */
final class AuditWords {
    private final Ledger ledger;
    private final Clients clients;
    private final WorkerExecutor worker;

    /** {@code worker} may be kept busy for as long as it takes to read the whole log. */
    AuditWords(Ledger ledger, Clients clients, WorkerExecutor worker) {
        this.ledger = ledger;
        this.clients = clients;
        this.worker = worker;
    }

    /** The answer; fails where the log cannot be read. */
    Future<String> answer(Story word) {
        Map<String, String> said = word.instruction().arguments();
        String name = word.instruction().command();
        Future<List<String>> lines = switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "audit-verify" -> verify();
            case "audit-show" -> show(said.getOrDefault("id", ""));
            default -> Future.failedFuture(new LogRefused("no answer to " + name + " is known here"));
        };
        return lines.map(found -> String.join("\n", found));
    }

    private Future<List<String>> verify() {
        return ledger.anchors()
                .compose(anchors -> worker.executeBlocking(
                        () -> Verify.read(clients, anchors).lines()));
    }

    private Future<List<String>> show(String id) {
        return CommandId.isValid(id)
                ? worker.executeBlocking(() -> Show.read(clients, new CommandId(id)))
                : Future.failedFuture(new LogRefused("'" + id + "' is not the id of a command"));
    }
}
