package io.signalbox.brain;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua text that Redis runs as one step; it is sent only where Redis does not know it yet. */
final class Script {
    private final String text;
    private final String hash;

    Script(String text) {
        this.text = text;
        this.hash = sha1(text);
    }

    /** {@code argument} is the script's {@code ARGV[1]}. */
    Future<Response> run(Connection redis, String argument) {
        return redis.send("EVALSHA", hash, "0", argument).recover(failure -> {
            boolean unknown = failure instanceof ErrorType error && error.is("NOSCRIPT");
            return unknown ? redis.send("EVAL", text, "0", argument) : Future.failedFuture(failure);
        });
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
    }
}
