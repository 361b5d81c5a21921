package io.signalbox.brain;

import io.signalbox.config.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The pooled connection to Redis: every command has a time limit, which the client itself does not give. */
public final class Connection {
    /** Errors of a Redis that is not there yet or any more, or takes no writes just now: the same command may do later. */
    private static final Set<String> PASSING = Set.of(
            "CONNECTION_CLOSED",
            "NOAUTH",
            "WRONGPASS",
            "LOADING",
            "BUSY",
            "MISCONF",
            "OOM",
            "READONLY",
            "MASTERDOWN",
            "NOREPLICAS",
            "TRYAGAIN");

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Redis redis;
    private final Duration limit;
    private volatile @Nullable Told told;

    public Connection(Vertx vertx, RedisOptions options, Duration limit) {
        this(Redis.createClient(vertx, shortLived(options, limit)), limit);
    }

    private Connection(Redis redis, Duration limit) {
        this.redis = redis;
        this.limit = limit;
    }

    /** To the one Redis that the settings name, or to whichever one the Sentinels call the master. */
    public static Connection of(Vertx vertx, RedisSettings settings, Duration limit) {
        Place place = new Place(settings);
        RedisOptions options = shortLived(place.redis(), limit);
        return settings.sentinels()
                .map(sentinels -> new Master(vertx, place, sentinels, limit))
                .map(master -> new Connection(Redis.createStandaloneClient(vertx, options, master::whereItIs), limit))
                .orElseGet(() -> new Connection(Redis.createClient(vertx, options), limit));
    }

    /**
     * A Redis whose machine is gone closes nothing: a connection that says nothing for long is closed here, or those of
     * the pool would all hang until TCP gives up. Those that nobody uses leave the pool before, so that none is closed
     * under a command that is waited for.
     */
    private static RedisOptions shortLived(RedisOptions options, Duration limit) {
        int millis = Math.toIntExact(limit.toMillis());
        NetClientOptions network = new NetClientOptions(options.getNetClientOptions())
                .setConnectTimeout(millis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout(4 * millis);
        return new RedisOptions(options)
                .setNetClientOptions(network)
                .setPoolRecycleTimeout(2 * millis)
                .setPoolCleanerInterval(millis / 2);
    }

    /** The answer, null for a missing value; fails with {@link BrainUnavailable}, or {@link ErrorType} where Redis refused. */
    Future<Response> send(String command, String... arguments) {
        Request request = Request.cmd(Command.create(command));
        for (String argument : arguments) {
            request.arg(argument);
        }
        return redis.send(request)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    if (isRefusal(failure)) {
                        return Future.failedFuture(failure);
                    }
                    told = null;
                    return Future.failedFuture(new BrainUnavailable(command, failure));
                });
    }

    /**
     * By Redis's own clock, in milliseconds since 1970: as it told within the last second, and this process' clock since
     * then. Never later than what Redis would tell now, unless another server has taken its place in that second.
     */
    Future<Long> time() {
        Told last = told;
        long nanos = System.nanoTime();
        if (last != null && nanos - last.nanos() < FRESH.toNanos()) {
            return Future.succeededFuture(last.millis() + TimeUnit.NANOSECONDS.toMillis(nanos - last.nanos()));
        }
        return send("TIME").map(time -> {
            long millis = time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000;
            told = new Told(millis, System.nanoTime());
            return millis;
        });
    }

    private record Told(long millis, long nanos) {}

    /** How long one command may take. */
    Duration limit() {
        return limit;
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ErrorType error && PASSING.stream().noneMatch(error::is);
    }
}
