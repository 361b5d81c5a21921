package io.signalbox.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where the brain is. {@code uri} holds no password. */
public record RedisSettings(String uri, Optional<Secret> password) {
    private static final Pattern URI =
            Pattern.compile("rediss?://([^:/@\\s]+@)?([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?(/[0-9]{1,3})?");
    private static final Pattern WITH_PASSWORD = Pattern.compile("[a-z]+://[^/@]*:[^@]*@.*");

    public RedisSettings {
        boolean open = WITH_PASSWORD.matcher(uri).matches();
        new Rules()
                .demand(!open, "redis.uri", "holds a password; write it to a file and name that in redis.password-file")
                .demand(
                        open || URI.matcher(uri).matches(),
                        "redis.uri",
                        "not redis://host:port/number, as in redis://127.0.0.1:6379/0")
                .enforce();
    }
}
