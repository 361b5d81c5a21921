package io.signalbox.brain;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import org.apache.commons.codec.digest.DigestUtils;

/** A Lua text that Redis runs as one step; it is sent only where Redis does not know it yet. */
final class Script {
    private final String text;
    private final String hash;

    Script(String text) {
        this.text = text;
        this.hash = DigestUtils.sha1Hex(text);
    }

    /** {@code argument} is the script's {@code ARGV[1]}. */
    Future<Response> run(Connection redis, String argument) {
        return redis.send("EVALSHA", hash, "0", argument).recover(failure -> {
            boolean unknown = failure instanceof ErrorType error && error.is("NOSCRIPT");
            return unknown ? redis.send("EVAL", text, "0", argument) : Future.failedFuture(failure);
        });
    }
}
