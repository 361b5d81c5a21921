package io.signalbox.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the brain is.
 *
 * @param uri holds no password; where {@code sentinels} are asked, its host and port are not used
 */
public record RedisSettings(String uri, Optional<Secret> password, Tls tls, Optional<Sentinels> sentinels) {
    private static final Pattern URI =
            Pattern.compile("rediss?://([^:/@\\s]+@)?([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?(/[0-9]{1,3})?");
    private static final Pattern WITH_PASSWORD = Pattern.compile("[a-z]+://[^/@]*:[^@]*@.*");

    /**
     * What encrypted connections are checked with.
     *
     * @param authority certificates in PEM; empty for those that Java knows
     * @param own the certificate that the bot shows, where Redis asks for one
     */
    public record Tls(Optional<Path> authority, Optional<Pair> own) {
        public static final Tls USUAL = new Tls(Optional.empty(), Optional.empty());
    }

    /** A certificate and its key, both in PEM. */
    public record Pair(Path certificate, Path key) {}

    /**
     * Those who know which Redis is the master now.
     *
     * @param hosts host:port
     * @param password their own, which is not that of the master
     */
    public record Sentinels(List<String> hosts, String master, Optional<Secret> password) {
        private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+]):[0-9]{1,5}");
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

        public Sentinels {
            hosts = List.copyOf(hosts);
            Rules rules = new Rules()
                    .demand(!hosts.isEmpty(), Key.REDIS_SENTINELS.path(), "names no Sentinel")
                    .demand(
                            NAME.matcher(master).matches(),
                            Key.REDIS_MASTER.path(),
                            "'" + master + "' is not a master's name: letters, digits, . _ and -");
            for (String host : hosts) {
                rules.demand(
                        HOST.matcher(host).matches(),
                        Key.REDIS_SENTINELS.path(),
                        "'" + host + "' is not host:port, as in 10.0.0.5:26379");
            }
            rules.enforce();
        }
    }

    public RedisSettings {
        boolean open = WITH_PASSWORD.matcher(uri).matches();
        boolean encrypted = uri.startsWith("rediss:");
        String needless = "says how TLS is checked, but redis.uri begins with redis:, which has none: write rediss:";
        new Rules()
                .demand(!open, "redis.uri", "holds a password; write it to a file and name that in redis.password-file")
                .demand(
                        open || URI.matcher(uri).matches(),
                        "redis.uri",
                        "not redis://host:port/number, as in redis://127.0.0.1:6379/0")
                .demand(encrypted || tls.authority().isEmpty(), Key.REDIS_CA_FILE.path(), needless)
                .demand(encrypted || tls.own().isEmpty(), Key.REDIS_CERTIFICATE_FILE.path(), needless)
                .enforce();
    }

    /** One Redis without TLS. */
    public RedisSettings(String uri, Optional<Secret> password) {
        this(uri, password, Tls.USUAL, Optional.empty());
    }

    public boolean encrypted() {
        return uri.startsWith("rediss:");
    }
}
