package io.signalbox.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where the brain is, with every mistake told at its key. */
final class RedisReader {
    private final Values values;

    private RedisReader(Values values) {
        this.values = values;
    }

    static Optional<RedisSettings> read(Values values) {
        RedisReader reader = new RedisReader(values);
        Optional<Secret> password = SecretFile.read(values, Key.REDIS_PASSWORD_FILE);
        RedisSettings.Tls tls = reader.tls();
        Optional<RedisSettings.Sentinels> sentinels = reader.sentinels();
        return values.make(() -> new RedisSettings(
                values.text(Key.REDIS_URI).orElse("redis://127.0.0.1:6379/0"), password, tls, sentinels));
    }

    private RedisSettings.Tls tls() {
        Optional<Path> certificate = values.file(Key.REDIS_CERTIFICATE_FILE);
        Optional<Path> key = values.file(Key.REDIS_KEY_FILE);
        PemFile pem = new PemFile(values);
        together(Key.REDIS_CERTIFICATE_FILE, Key.REDIS_KEY_FILE);
        key.ifPresent(file -> pem.requireKey(Key.REDIS_KEY_FILE, file));
        return new RedisSettings.Tls(
                values.file(Key.REDIS_CA_FILE).filter(file -> pem.isCertificate(Key.REDIS_CA_FILE, file)),
                certificate
                        .filter(file -> pem.isCertificate(Key.REDIS_CERTIFICATE_FILE, file))
                        .flatMap(file -> key.map(secret -> new RedisSettings.Pair(file, secret))));
    }

    private Optional<RedisSettings.Sentinels> sentinels() {
        Optional<Secret> password = SecretFile.read(values, Key.REDIS_SENTINEL_PASSWORD_FILE);
        together(Key.REDIS_SENTINELS, Key.REDIS_MASTER);
        if (values.isSet(Key.REDIS_SENTINEL_PASSWORD_FILE) && !values.isSet(Key.REDIS_SENTINELS)) {
            values.wrong(Key.REDIS_SENTINEL_PASSWORD_FILE.path(), "goes together with " + Key.REDIS_SENTINELS.path());
        }
        if (!values.isSet(Key.REDIS_SENTINELS)) {
            return Optional.empty();
        }
        List<String> hosts = values.list(Key.REDIS_SENTINELS, List.of());
        return values.text(Key.REDIS_MASTER)
                .flatMap(master -> values.make(() -> new RedisSettings.Sentinels(hosts, master, password)));
    }

    private void together(Key one, Key other) {
        if (values.isSet(one) != values.isSet(other)) {
            Key there = values.isSet(one) ? one : other;
            values.wrong(there.path(), "goes together with " + (there == one ? other : one).path());
        }
    }
}
