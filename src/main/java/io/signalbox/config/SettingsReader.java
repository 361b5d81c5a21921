package io.signalbox.config;

import io.signalbox.config.KafkaSettings.Login;
import io.signalbox.config.KafkaSettings.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the settings once, at start. */
public final class SettingsReader {
    private static final int LEAST_DAYS = 30;

    private final List<String> mistakes = new ArrayList<>();
    private final Said said = new Said(mistakes);
    private final Values values = new Values(said, mistakes);

    private SettingsReader() {}

    /**
     * What files, environment and command line say together.
     *
     * @param files YAML files, later ones win
     * @param environment variables; those that begin with SIGNALBOX_ are settings and win over files
     * @param overrides {@code key=value}, which win over everything
     * @throws BadSettings with every mistake there is
     */
    public static Settings read(List<Path> files, Map<String, String> environment, List<String> overrides) {
        SettingsReader reader = new SettingsReader();
        files.forEach(reader.said::file);
        reader.said.environment(environment);
        overrides.forEach(reader.said::override);
        Optional<Settings> settings = reader.settings();
        if (!reader.mistakes.isEmpty()) {
            throw new BadSettings(reader.mistakes);
        }
        return settings.orElseThrow();
    }

    private Optional<Settings> settings() {
        Path state = values.path(Key.STATE).orElse(absolute(".signalbox/state"));
        Path code = values.path(Key.CODE).orElse(absolute("."));
        if (!Files.isDirectory(code)) {
            values.wrong(Key.CODE.path(), code + " is not a folder; it is where Signalbox and its playbooks are");
        }
        List<Path> catalog = values.list(Key.CATALOG, List.of("commands")).stream()
                .map(name -> code.resolve(name).normalize())
                .toList();
        if (catalog.isEmpty()) {
            values.wrong(Key.CATALOG.path(), "no file is named; commands is usual");
        }
        for (Path file : catalog) {
            if (!Files.isReadable(file)) {
                values.wrong(Key.CATALOG.path(), file + " is not there or cannot be read");
            } else if (!isInside(code, file)) {
                values.wrong(
                        Key.CATALOG.path(),
                        file + " lies outside the project folder " + code
                                + ", of which each run uses a copy; move it into that folder, as in commands");
            }
        }
        Path python = values.path(Key.PYTHON).orElse(absolute(".signalbox/venv/bin/python"));
        if (!Files.isExecutable(python)) {
            values.wrong(Key.PYTHON.path(), python + " is no program; ./signalbox setup makes one");
        }
        Optional<GateSettings> gate = values.make(() -> new GateSettings(
                values.duration(Key.APPROVAL_TIME, Duration.ofMinutes(5)),
                values.duration(Key.QUEUE_TIME, Duration.ofHours(4)),
                values.tableOfLists(Key.FIRST_ROLES)));
        Optional<KafkaSettings> kafka = kafka();
        Optional<RedisSettings> redis = RedisReader.read(values);
        Optional<ChatSettings> chat = values.make(() -> new ChatSettings(
                values.isOn(Key.CONSOLE, true),
                values.text(Key.CONSOLE_ROOM).orElse("ops"),
                values.duration(Key.OLDEST, Duration.ofMinutes(2)),
                values.isOn(Key.PLAY, false),
                values.path(Key.PLAY_SOCKET).orElse(state.resolve("play.sock"))));
        Optional<RunSettings> run = values.make(() -> new RunSettings(
                values.table(Key.RUN_ENVIRONMENT),
                values.tableOfFiles(Key.RUN_ENVIRONMENT_FILES),
                values.file(Key.SSH_KEY)));
        Optional<RunConduct> conduct = values.make(() -> RunConduct.read(values));
        Optional<Path> release = values.folder(Key.RELEASE_CURRENT);
        Optional<Repositories> repositories = values.make(() -> new Repositories(values.table(Key.REPOSITORIES)));
        ZoneId zone = values.zone(Key.TIME_ZONE);
        Map<String, Duration> times = values.tableOfDurations(Key.TIMES);
        boolean demo = values.isOn(Key.DEMO, false);
        if (!mistakes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Settings(
                state,
                code,
                catalog,
                python,
                gate.orElseThrow(),
                kafka.orElseThrow(),
                redis.orElseThrow(),
                chat.orElseThrow(),
                run.orElseThrow(),
                conduct.orElseThrow(),
                release,
                repositories.orElseThrow(),
                zone,
                times,
                demo));
    }

    private Optional<KafkaSettings> kafka() {
        Optional<String> username = values.text(Key.KAFKA_USERNAME);
        boolean passwordNamed = said.value(Key.KAFKA_PASSWORD_FILE).isPresent();
        Optional<Secret> password = SecretFile.read(values, Key.KAFKA_PASSWORD_FILE);
        if (username.isPresent() != passwordNamed) {
            Key there = passwordNamed ? Key.KAFKA_PASSWORD_FILE : Key.KAFKA_USERNAME;
            Key missing = passwordNamed ? Key.KAFKA_USERNAME : Key.KAFKA_PASSWORD_FILE;
            values.wrong(there.path(), "goes together with " + missing.path());
        }
        if (passwordNamed && password.isEmpty()) {
            return Optional.empty();
        }
        return values.make(() -> new KafkaSettings(
                values.text(Key.KAFKA_BROKERS).orElse("127.0.0.1:9092"),
                values.text(Key.KAFKA_TOPIC).orElse("signalbox.audit"),
                security(),
                username.flatMap(name -> password.map(secret -> new Login(name, secret))),
                retention()));
    }

    /** In days, and long enough that nobody gives an audit log up by a slip of the keyboard. */
    private Optional<Duration> retention() {
        Optional<String> text = values.text(Key.KAFKA_RETENTION).filter(said -> !said.equals("for-ever"));
        Optional<Duration> days = text.filter(said -> said.matches("[1-9][0-9]{0,5}d"))
                .map(said -> Duration.ofDays(Long.parseLong(said.substring(0, said.length() - 1))));
        if (text.isPresent()
                && days.filter(found -> found.toDays() >= LEAST_DAYS).isEmpty()) {
            values.wrong(
                    Key.KAFKA_RETENTION.path(),
                    "'" + text.get() + "' is neither for-ever nor a number of days, " + LEAST_DAYS
                            + " at least, as in 400d");
        }
        return days;
    }

    private Security security() {
        String text = values.text(Key.KAFKA_SECURITY).orElse(Security.PLAINTEXT.title());
        return Arrays.stream(Security.values())
                .filter(security -> security.title().equals(text))
                .findFirst()
                .orElseGet(() -> {
                    String known = Arrays.stream(Security.values())
                            .map(Security::title)
                            .collect(Collectors.joining(", "));
                    values.wrong(Key.KAFKA_SECURITY.path(), "'" + text + "' is none of " + known);
                    return Security.PLAINTEXT;
                });
    }

    private static boolean isInside(Path code, Path file) {
        try {
            return file.startsWith(code) && file.toRealPath().startsWith(code.toRealPath());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
