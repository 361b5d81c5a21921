package io.signalbox.runner;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the secrets that children are given, as they are now: files may change while the bot runs. */
public final class Redactions {
    /** A shorter value under a secret name is a placeholder, and would be found in ordinary words. */
    private static final int SHORTEST_NAMED = 8;

    /** The password in an address, under whatever name the address stands. */
    private static final Pattern LOGIN = Pattern.compile("://[^/\\s:@]*:([^/\\s@]+)@");

    private static final Logger LOG = LoggerFactory.getLogger(Redactions.class);

    private final Vertx vertx;
    private final Workplace workplace;

    public Redactions(Vertx vertx, Workplace workplace) {
        this.vertx = vertx;
        this.workplace = workplace;
    }

    /** Where a secret cannot be read, the redaction shows nothing: what is not known cannot be taken out. */
    public Future<Redaction> current() {
        List<String> secrets = new ArrayList<>();
        workplace.environment().forEach((name, value) -> {
            if (SecretNames.looksSecret(name) && value.length() >= SHORTEST_NAMED) {
                secrets.add(value);
            }
            LOGIN.matcher(value).results().map(login -> login.group(1)).forEach(secrets::add);
        });
        List<Future<Buffer>> files = workplace.environmentFiles().values().stream()
                .map(file -> vertx.fileSystem().readFile(file.toString()))
                .toList();
        return Future.all(files)
                .map(all -> {
                    all.<Buffer>list().forEach(content -> secrets.add(content.toString()));
                    return Redaction.knowing(secrets);
                })
                .recover(unreadable -> {
                    LOG.atError()
                            .addKeyValue("error", unreadable.getMessage())
                            .log("A secret cannot be read, so no output of runs is shown");
                    return Future.succeededFuture(Redaction.withholding());
                });
    }
}
