package io.signalbox.brain;

import io.signalbox.config.RedisSettings.Sentinels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisStandaloneConnectOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the Sentinels which Redis is the master, again and again: what one said serves for half a second. The client's own
 * way of asking them knows one password only, for them and for the master.
 */
final class Master {
    private static final Duration FRESH = Duration.ofMillis(500);

    private final Place place;
    private final Sentinels settings;
    private final List<Redis> sentinels;
    private final Duration patience;
    private long asked = System.nanoTime();
    private @Nullable Future<RedisStandaloneConnectOptions> answer;
    /** The one that answered last is asked first: those before it may be silent. */
    private volatile int first;

    /** {@code limit}: how long the whole may take. */
    Master(Vertx vertx, Place place, Sentinels settings, Duration limit) {
        this.place = place;
        this.settings = settings;
        this.patience = limit.dividedBy(settings.hosts().size() + 1L);
        this.sentinels = settings.hosts().stream()
                .map(host -> Redis.createClient(vertx, place.sentinel(host, settings)))
                .toList();
    }

    /** Where none of them answers, the master is taken to be where it was: their silence says nothing of it. */
    synchronized Future<RedisStandaloneConnectOptions> whereItIs() {
        Future<RedisStandaloneConnectOptions> before = answer;
        if (before != null && System.nanoTime() - asked < FRESH.toNanos()) {
            return before;
        }
        asked = System.nanoTime();
        Future<RedisStandaloneConnectOptions> fresh = ask(0, "")
                .recover(failure -> before != null && before.succeeded() ? before : Future.failedFuture(failure));
        answer = fresh;
        return fresh;
    }

    private Future<RedisStandaloneConnectOptions> ask(int tried, String reasons) {
        if (tried == sentinels.size()) {
            return Future.failedFuture("no Sentinel says where the master " + settings.master() + " is:" + reasons);
        }
        int number = (first + tried) % sentinels.size();
        return sentinels
                .get(number)
                .send(Request.cmd(Command.SENTINEL)
                        .arg("get-master-addr-by-name")
                        .arg(settings.master()))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .compose(this::address)
                .onSuccess(found -> first = number)
                .recover(failure ->
                        ask(tried + 1, reasons + " " + settings.hosts().get(number) + " " + Reason.of(failure) + ";"));
    }

    private Future<RedisStandaloneConnectOptions> address(@Nullable Response said) {
        return said == null
                ? Future.failedFuture("does not know it")
                : Future.succeededFuture(
                        place.master(said.get(0).toString(), said.get(1).toInteger()));
    }
}
