package io.signalbox.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.config.KafkaSettings.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    private final List<String> usual = new ArrayList<>();
    private Path folder;

    @BeforeEach
    void aProject(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("code/commands"));
        Path python = Files.createFile(
                folder.resolve("python"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        usual.add("code=" + folder.resolve("code"));
        usual.add("python=" + python);
    }

    @Test
    void hasADefaultForEverythingThatHasOne() {
        Settings settings = read(Map.of());
        assertThat(settings.catalog()).containsExactly(folder.resolve("code/commands"));
        assertThat(settings.state()).isAbsolute().endsWithRaw(Path.of(".signalbox/state"));
        assertThat(settings.gate().approvalTime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.kafka().brokers()).isEqualTo("127.0.0.1:9092");
        assertThat(settings.kafka().topic()).isEqualTo("signalbox.audit");
        assertThat(settings.kafka().login()).isEmpty();
        assertThat(settings.redis().uri()).isEqualTo("redis://127.0.0.1:6379/0");
        assertThat(settings.chat().console()).isTrue();
        assertThat(settings.chat().play()).isFalse();
        assertThat(settings.chat().playSocket()).isEqualTo(settings.state().resolve("play.sock"));
        assertThat(settings.demo()).isFalse();
    }

    @Test
    void theCatalogLiesInTheProjectFolder() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("code/linked"), outside);
        for (String named : List.of(outside.toString(), "../elsewhere", "linked")) {
            List<String> overrides = new ArrayList<>(usual);
            overrides.add("catalog=" + named);
            assertThatThrownBy(() -> SettingsReader.read(List.of(), Map.of(), overrides))
                    .isInstanceOf(BadSettings.class)
                    .hasMessageContaining("lies outside the project folder " + folder.resolve("code"));
        }
    }

    @Test
    void readsNestedAndDottedKeys() throws IOException {
        Path password = secret("kafka-password", "hunter2\n");
        Path file = file("""
                gate:
                  approval-time: 20s
                  first-roles: {admin: [console:olga], deployer: [play:anna, play:bert]}
                kafka.brokers: a.example:9092,b.example:9092
                kafka: {username: bot, password-file: %s, security: sasl-ssl}
                run: {environment: {AWS_REGION: eu-central-1}}
                repositories:
                  backend: git@example.org:shop/backend.git
                chat.play: on
                demo: true
                """.formatted(password));
        Settings settings = read(Map.of(), file);
        assertThat(settings.gate().approvalTime()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.gate().firstRoles())
                .isEqualTo(Map.of("admin", List.of("console:olga"), "deployer", List.of("play:anna", "play:bert")));
        assertThat(settings.kafka().brokers()).isEqualTo("a.example:9092,b.example:9092");
        assertThat(settings.kafka().security()).isEqualTo(Security.SASL_SSL);
        assertThat(settings.kafka().login().orElseThrow().password().reveal()).isEqualTo("hunter2");
        assertThat(settings.run().environment()).isEqualTo(Map.of("AWS_REGION", "eu-central-1"));
        assertThat(settings.repositories().urls()).isEqualTo(Map.of("backend", "git@example.org:shop/backend.git"));
        assertThat(settings.chat().play()).isTrue();
        assertThat(settings.demo()).isTrue();
    }

    @Test
    void letsLaterFilesThenTheEnvironmentThenTheCommandLineWin() throws IOException {
        Path first = file("kafka.topic: first\nredis.uri: redis://first:1\nrun.environment: {A: first, B: first}\n");
        Path second = file("redis: {uri: 'redis://second:2'}\nchat.console-room: second\nrun.environment.B: second\n");
        usual.add("chat.console-room=line");
        Settings settings = read(
                Map.of(
                        "SIGNALBOX_CHAT_CONSOLE_ROOM", "variable",
                        "SIGNALBOX_RUN_ENVIRONMENT_AWS_PROFILE", "shop",
                        "SIGNALBOX_REPOSITORIES_BACKEND", "https://example.org/b.git",
                        "HOME", "/root"),
                first,
                second);
        assertThat(settings.kafka().topic()).isEqualTo("first");
        assertThat(settings.redis().uri()).isEqualTo("redis://second:2");
        assertThat(settings.chat().consoleRoom()).isEqualTo("line");
        assertThat(settings.run().environment()).isEqualTo(Map.of("A", "first", "B", "second", "AWS_PROFILE", "shop"));
        assertThat(settings.repositories().urls()).containsEntry("backend", "https://example.org/b.git");
    }

    @Test
    void tellsEveryMistakeAtOnceWithItsPlace() throws IOException {
        Path file = file("""
                kafka:
                  broker: localhost
                  topic: [a]
                  security: ssl
                gate: {approval-time: 5x, first-roles: {admin: [olga]}}
                chat.console: maybe
                run.ssh-key: /nowhere/key
                run.environment: text
                colour: red
                """);
        usual.add("redis.uri=localhost");
        usual.add("nonsense");
        List<String> mistakes = mistakes(Map.of("SIGNALBOX_KAFKA_TOPIK", "x", "SIGNALBOX_KAFKA_BROKERS", ""), file);
        assertThat(mistakes)
                .containsExactlyInAnyOrder(
                        "kafka.broker (" + file + ":2): there is no such setting; did you mean 'kafka.brokers'?",
                        "kafka.topic (" + file + ":3): is to be one value, not a list",
                        "kafka.security (" + file + ":4): 'ssl' is none of plaintext, sasl-plaintext, sasl-ssl",
                        "gate.approval-time (" + file
                                + ":5): '5x' is not a duration: a number and s, m or h, as in 20s, 5m or 2h",
                        "gate.first-roles.admin (" + file
                                + ":5): 'olga' is not a person's id: service:id, as in console:olga",
                        "chat.console (" + file + ":6): 'maybe' is neither on nor off",
                        "run.ssh-key (" + file + ":7): /nowhere/key is not there",
                        "run.environment (" + file + ":8): is to be a table of names and values",
                        "colour (" + file + ":9): there is no such setting",
                        "SIGNALBOX_KAFKA_TOPIK: this environment variable sets nothing; did you mean"
                                + " 'SIGNALBOX_KAFKA_TOPIC'?",
                        "kafka.brokers (SIGNALBOX_KAFKA_BROKERS): is empty; give it a value or leave it out",
                        "redis.uri (--set redis.uri): not redis://host:port/number, as in redis://127.0.0.1:6379/0",
                        "--set nonsense: write it as --set key=value");
    }

    @Test
    void refusesFilesThatAreNotThereOrAreNotSettings() throws IOException {
        Path list = file("- a\n- b\n");
        Path twice = file("demo: true\ndemo: false\n");
        Path broken = file("kafka: {topic: a\nredis: }\n");
        Path gone = folder.resolve("gone.yml");
        assertThat(mistakes(Map.of(), list, twice, broken, gone))
                .anySatisfy(each -> assertThat(each).startsWith(list + ":1: a list stands here"))
                .anySatisfy(each -> assertThat(each).isEqualTo(twice + ":2: 'demo' is written twice, first in line 1"))
                .anySatisfy(each -> assertThat(each).startsWith(broken + ":2: this is not YAML"))
                .anySatisfy(each -> assertThat(each).startsWith(gone + ": there is no such file"));
    }

    @Test
    void refusesALoginWithoutSaslAndSaslWithoutALogin() throws IOException {
        Path password = secret("p", "hunter2");
        assertThat(mistakes(Map.of(), file("kafka: {security: sasl-ssl}\n")))
                .singleElement()
                .asString()
                .contains("needs kafka.username and kafka.password-file");
        assertThat(mistakes(Map.of(), file("kafka: {username: bot, password-file: " + password + "}\n")))
                .singleElement()
                .asString()
                .contains("plaintext has no accounts");
        assertThat(mistakes(Map.of(), file("kafka: {security: sasl-ssl, username: bot}\n")))
                .anySatisfy(each -> assertThat(each).contains("goes together with kafka.password-file"));
    }

    @Test
    void refusesAPasswordThatEverybodyCanRead() throws IOException {
        Path open = Files.writeString(folder.resolve("open"), "hunter2");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(mistakes(Map.of(), file("redis.password-file: " + open + "\n")))
                .singleElement()
                .asString()
                .contains("chmod o-rwx " + open);
    }

    @Test
    void showsNothingSecret() throws IOException {
        Path password = secret("password", "hunter2");
        Settings settings = read(
                Map.of("SIGNALBOX_RUN_ENVIRONMENT_AWS_SECRET_ACCESS_KEY", "hunter2"),
                file("redis.password-file: %s\nkafka: {username: bot, password-file: %s, security: sasl-ssl}\n"
                        .formatted(password, password)));
        assertThat(settings.toString()).doesNotContain("hunter2").contains("AWS_SECRET_ACCESS_KEY", "(secret)");

        Path wrong = file("""
                redis: {uri: "redis://:hunter2@127.0.0.1:6379", password: hunter2}
                repositories: {backend: "https://bot:hunter2@example.org/b.git", site: "https://hunter2@example.org/s"}
                run.environment: {AWS_SECRET_ACCESS_KEY: [hunter2]}
                kafka: {password-file: %s}
                """.formatted(secret("two-lines", "hunter2\nhunter2\n")));
        usual.add("kafka.password=hunter2");
        Throwable refusal =
                catchThrowableOfType(BadSettings.class, () -> read(Map.of("SIGNALBOX_PASSWORD", "hunter2"), wrong));
        assertThat(refusal)
                .hasMessageContainingAll(
                        "redis.uri",
                        "redis.password",
                        "repositories.backend",
                        "AWS_SECRET_ACCESS_KEY",
                        "kafka.password",
                        "SIGNALBOX_PASSWORD");
        assertThat(refusal.toString()).doesNotContain("hunter2");
        assertThat(mistakes(Map.of(), file("kafka: 'hunter2\n")))
                .isNotEmpty()
                .noneMatch(each -> each.contains("hunter2"));
    }

    @Test
    void refusesASocketPathThatTheKernelWouldNotTake() throws IOException {
        String path = "/tmp/" + "x".repeat(120);
        assertThat(mistakes(Map.of(), file("chat: {play: on, play-socket: " + path + "}\n")))
                .singleElement()
                .asString()
                .contains("125 bytes");
    }

    private Settings read(Map<String, String> environment, Path... files) {
        return SettingsReader.read(List.of(files), environment, usual);
    }

    private List<String> mistakes(Map<String, String> environment, Path... files) {
        return catchThrowableOfType(BadSettings.class, () -> read(environment, files))
                .mistakes();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "settings", ".yml"), text);
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
