package io.signalbox.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings there are. */
enum Key {
    STATE("state", Shape.TEXT),
    CODE("code", Shape.TEXT),
    CATALOG("catalog", Shape.LIST),
    PYTHON("python", Shape.TEXT),
    APPROVAL_TIME("gate.approval-time", Shape.TEXT),
    QUEUE_TIME("gate.queue-time", Shape.TEXT),
    FIRST_ROLES("gate.first-roles", Shape.TABLE_OF_LISTS),
    KAFKA_BROKERS("kafka.brokers", Shape.TEXT),
    KAFKA_TOPIC("kafka.topic", Shape.TEXT),
    KAFKA_USERNAME("kafka.username", Shape.TEXT),
    KAFKA_PASSWORD_FILE("kafka.password-file", Shape.TEXT),
    KAFKA_SECURITY("kafka.security", Shape.TEXT),
    KAFKA_RETENTION("kafka.retention", Shape.TEXT),
    REDIS_URI("redis.uri", Shape.TEXT),
    REDIS_PASSWORD_FILE("redis.password-file", Shape.TEXT),
    REDIS_CA_FILE("redis.ca-file", Shape.TEXT),
    REDIS_CERTIFICATE_FILE("redis.certificate-file", Shape.TEXT),
    REDIS_KEY_FILE("redis.key-file", Shape.TEXT),
    REDIS_SENTINELS("redis.sentinels", Shape.LIST),
    REDIS_MASTER("redis.master", Shape.TEXT),
    REDIS_SENTINEL_PASSWORD_FILE("redis.sentinel-password-file", Shape.TEXT),
    CONSOLE("chat.console", Shape.TEXT),
    TIME_ZONE("chat.time-zone", Shape.TEXT),
    CONSOLE_ROOM("chat.console-room", Shape.TEXT),
    OLDEST("chat.oldest", Shape.TEXT),
    PLAY("chat.play", Shape.TEXT),
    PLAY_SOCKET("chat.play-socket", Shape.TEXT),
    RUN_ENVIRONMENT("run.environment", Shape.TABLE),
    RUN_ENVIRONMENT_FILES("run.environment-files", Shape.TABLE),
    SSH_KEY("run.ssh-key", Shape.TEXT),
    RUN_SOCKET("run.socket", Shape.TEXT),
    RUN_AT_ONCE("run.at-once", Shape.TEXT),
    RUN_AT_ONCE_PER_ENVIRONMENT("run.at-once-per-environment", Shape.TEXT),
    RUN_OUTPUT_SIZE("run.output-size", Shape.TEXT),
    RUN_KEEP("run.keep", Shape.TEXT),
    RUN_KEEP_SIZE("run.keep-size", Shape.TEXT),
    RELEASE_CURRENT("release.current", Shape.TEXT),
    REPOSITORIES("repositories", Shape.TABLE),
    TIMES("times", Shape.TABLE),
    DEMO("demo", Shape.TEXT);

    /** What may stand under a key. */
    enum Shape {
        TEXT("one value"),
        LIST("a list"),
        TABLE("a table of names and values"),
        TABLE_OF_LISTS("a table of names and lists");

        private final String title;

        Shape(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        boolean isTable() {
            return this == TABLE || this == TABLE_OF_LISTS;
        }
    }

    private static final String PREFIX = "SIGNALBOX_";

    private final String path;
    private final Shape shape;

    Key(String path, Shape shape) {
        this.path = path;
        this.shape = shape;
    }

    String path() {
        return path;
    }

    Shape shape() {
        return shape;
    }

    /** The environment variable that sets this. */
    String variable() {
        return PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The key that this path is, or whose table it is an entry of. */
    static Optional<Key> at(String path) {
        return Arrays.stream(values())
                .filter(key -> key.path.equals(path) || (key.shape.isTable() && path.startsWith(key.path + ".")))
                .findFirst();
    }

    /** Whether keys lie below this path. */
    static boolean isAbove(String path) {
        return Arrays.stream(values()).anyMatch(key -> key.path.startsWith(path + "."));
    }

    static List<String> paths() {
        return Arrays.stream(values()).map(Key::path).toList();
    }

    /** The path that an environment variable names; empty where it is not one of ours or names none. */
    static Optional<String> pathOf(String variable) {
        Optional<Key> whole = Arrays.stream(values())
                .filter(key -> key.variable().equals(variable))
                .findFirst();
        return whole.map(Key::path).or(() -> entryOf(variable));
    }

    /** Names of variables keep their capitals; roles and repositories have none. */
    private static Optional<String> entryOf(String variable) {
        return Arrays.stream(values())
                .filter(key -> key.shape.isTable() && variable.startsWith(key.variable() + "_"))
                .max((one, other) -> Integer.compare(one.path.length(), other.path.length()))
                .map(key -> {
                    String name = variable.substring(key.variable().length() + 1);
                    boolean ofChildren = key == RUN_ENVIRONMENT || key == RUN_ENVIRONMENT_FILES;
                    return key.path + "." + (ofChildren ? name : name.toLowerCase(Locale.ROOT));
                });
    }

    static boolean isOurs(String variable) {
        return variable.startsWith(PREFIX);
    }
}
