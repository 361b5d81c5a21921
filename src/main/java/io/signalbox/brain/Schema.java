package io.signalbox.brain;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of the brain's layout. Each commit compares it: an older brain is brought up before, a newer one is changed
 * only where it allows releases as old as this one.
 */
final class Schema {
    /** In their order, without a gap. A brain that names no version has version 1. */
    static final List<Migration> MIGRATIONS = List.of(
            // From here on the brain names its version; everything that was there before stays as it is.
            new Migration(2, 1, ""));

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private final Connection redis;
    private final List<Migration> migrations;
    private final String body = LuaText.beside(Schema.class, "schema.lua");
    private final AtomicBoolean looked = new AtomicBoolean();

    Schema(Connection redis, List<Migration> migrations) {
        this.redis = redis;
        this.migrations = List.copyOf(migrations);
    }

    /** The newest that this release knows. */
    int version() {
        return migrations.isEmpty() ? 1 : migrations.get(migrations.size() - 1).version();
    }

    /** Runs the migrations that the brain lacks. */
    Future<Void> bringUp() {
        Future<Void> done = Future.succeededFuture();
        for (Migration migration : migrations) {
            done = done.compose(before -> run(migration));
        }
        return done;
    }

    private Future<Void> run(Migration migration) {
        String text = "local function migrate()\n" + migration.lua() + "\nend\n" + body;
        JsonObject argument =
                new JsonObject().put("version", migration.version()).put("reader", migration.reader());
        return new Script(text).run(redis, argument.encode()).mapEmpty();
    }

    /** Says once where the brain is newer than this release: it can be used, but not everything in it is understood. */
    void look() {
        if (looked.compareAndSet(false, true)) {
            redis.send("HGET", Keys.SCHEMA, "version").onSuccess(this::compare).onFailure(unknown -> looked.set(false));
        }
    }

    private void compare(Response found) {
        int version = found == null ? 1 : found.toInteger();
        if (version > version()) {
            LOG.atWarn()
                    .addKeyValue("schema", version)
                    .addKeyValue("known", version())
                    .log("The brain was written by a later release; what that added is left alone");
        }
    }
}
