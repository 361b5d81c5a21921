package io.signalbox.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.config.RedisSettings.Sentinels;
import io.signalbox.fixture.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where brain and log are, beyond one server without TLS. */
class RedisReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsTlsAndSentinels() throws IOException {
        Certificates certificates = new Certificates(folder, "ours");
        Path password = Files.writeString(folder.resolve("password"), "hunter2");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        RedisSettings redis = read(
                        "redis.uri=rediss://bot@redis.example.org:6380/2",
                        "redis.ca-file=" + certificates.authority(),
                        "redis.certificate-file=" + certificates.certificate("ours"),
                        "redis.key-file=" + certificates.key("ours"),
                        "redis.sentinels=one:26379, [::1]:26380",
                        "redis.master=brain",
                        "redis.sentinel-password-file=" + password)
                .redis();
        assertThat(redis.tls().authority()).contains(certificates.authority());
        assertThat(redis.tls().own().orElseThrow().key()).isEqualTo(certificates.key("ours"));
        Sentinels sentinels = redis.sentinels().orElseThrow();
        assertThat(sentinels.hosts()).containsExactly("one:26379", "[::1]:26380");
        assertThat(sentinels.master()).isEqualTo("brain");
        assertThat(sentinels.password().orElseThrow().reveal()).isEqualTo("hunter2");
        assertThat(redis.toString()).doesNotContain("hunter2");
    }

    @Test
    void tellsEachMistakeAtItsKey() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no certificate at all");
        assertThat(mistakes(
                        "redis.ca-file=" + text,
                        "redis.key-file=" + text,
                        "redis.sentinels=one",
                        "redis.master=our brain"))
                .satisfiesExactlyInAnyOrder(
                        each -> assertThat(each)
                                .startsWith("redis.ca-file")
                                .contains(text + " is no certificate in PEM"),
                        each -> assertThat(each)
                                .startsWith("redis.key-file")
                                .contains("goes together with redis.certificate-file"),
                        each -> assertThat(each).startsWith("redis.key-file").contains("chmod o-rwx " + text),
                        each -> assertThat(each).startsWith("redis.key-file").contains("is no private key in PEM"),
                        each -> assertThat(each).startsWith("redis.sentinels").contains("'one' is not host:port"),
                        each -> assertThat(each)
                                .startsWith("redis.master")
                                .contains("'our brain' is not a master's name"));
    }

    @Test
    void refusesHalfOfWhatGoesTogether() throws IOException {
        Path authority = new Certificates(folder, "ours").authority();
        assertThat(mistakes("redis.sentinels=one:26379"))
                .singleElement()
                .asString()
                .startsWith("redis.sentinels")
                .contains("goes together with redis.master");
        assertThat(mistakes("redis.master=brain"))
                .singleElement()
                .asString()
                .contains("goes together with redis.sentinels");
        assertThat(mistakes("redis.ca-file=" + authority))
                .singleElement()
                .asString()
                .startsWith("redis.ca-file")
                .contains("write rediss:");
    }

    @Test
    void keepsTheLogForEverUnlessAskedNotTo() {
        assertThat(read().kafka().retention()).isEmpty();
        assertThat(read("kafka.retention=for-ever").kafka().retention()).isEmpty();
        assertThat(read("kafka.retention=400d").kafka().retention()).contains(Duration.ofDays(400));
        for (String wrong : List.of("7d", "400", "2h", "0d", "ever")) {
            assertThat(mistakes("kafka.retention=" + wrong))
                    .singleElement()
                    .asString()
                    .startsWith("kafka.retention")
                    .contains("'" + wrong + "' is neither for-ever nor a number of days, 30 at least");
        }
    }

    private Settings read(String... overrides) {
        return SettingsReader.read(
                List.of(),
                Map.of(),
                Stream.concat(Stream.of("python=/bin/sh", "state=" + folder), Stream.of(overrides))
                        .toList());
    }

    private List<String> mistakes(String... overrides) {
        return catchThrowableOfType(BadSettings.class, () -> read(overrides)).mistakes();
    }
}
