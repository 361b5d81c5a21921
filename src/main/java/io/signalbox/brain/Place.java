package io.signalbox.brain;

import io.signalbox.config.RedisSettings;
import io.signalbox.config.RedisSettings.Sentinels;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisStandaloneConnectOptions;
import java.net.URI;
import java.util.Optional;

/** Where Redis is, in the words of its client: addresses, logins and how TLS is checked. */
final class Place {
    /** Redis writes to the disk once for all that came in together, so many at once take hardly longer than a few. */
    private static final int CONNECTIONS = 48;

    private static final int WAITING = 1000;

    private final RedisSettings settings;

    Place(RedisSettings settings) {
        this.settings = settings;
    }

    /** The one Redis. */
    RedisOptions redis() {
        RedisOptions options = new RedisOptions()
                .setConnectionString(settings.uri())
                .setMaxPoolSize(CONNECTIONS)
                .setMaxPoolWaiting(WAITING)
                .setNetClientOptions(network());
        settings.password().ifPresent(password -> options.setPassword(password.reveal()));
        return options;
    }

    /** A Sentinel, which has a login of its own and no databases. */
    RedisOptions sentinel(String host, Sentinels sentinels) {
        RedisOptions options =
                new RedisOptions().setConnectionString(scheme() + host).setNetClientOptions(network());
        sentinels.password().ifPresent(password -> options.setPassword(password.reveal()));
        return options;
    }

    /** The master at this address, with the login and the database of the settings. */
    RedisStandaloneConnectOptions master(String host, int port) {
        URI uri = URI.create(settings.uri());
        String address = host.indexOf(':') < 0 ? host : "[" + host + "]";
        RedisStandaloneConnectOptions options = new RedisStandaloneConnectOptions()
                .setConnectionString(scheme() + address + ":" + port
                        + Optional.ofNullable(uri.getRawPath()).orElse(""));
        Optional.ofNullable(uri.getUserInfo()).ifPresent(options::setUser);
        settings.password().ifPresent(password -> options.setPassword(password.reveal()));
        return options;
    }

    private String scheme() {
        return settings.encrypted() ? "rediss://" : "redis://";
    }

    /** The certificate must be of an authority that is known, and name the very host that was asked. */
    private NetClientOptions network() {
        NetClientOptions network = new NetClientOptions();
        if (!settings.encrypted()) {
            return network;
        }
        network.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        settings.tls()
                .authority()
                .ifPresent(file -> network.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        settings.tls()
                .own()
                .ifPresent(own -> network.setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(own.certificate().toString())
                        .setKeyPath(own.key().toString())));
        return network;
    }
}
