package io.signalbox;

import static io.signalbox.fixture.Eventually.result;
import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Brain;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Events;
import io.signalbox.bus.Home;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.catalog.CurrentCatalog;
import io.signalbox.config.Settings;
import io.signalbox.config.SettingsReader;
import io.signalbox.fixture.LocalKafka;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** docs/backup.md for real: a whole bot is backed up, loses Redis and Kafka, and goes on with others. */
class DrillIT {
    @RegisterExtension
    static final LocalRedis OLD_REDIS = new LocalRedis();

    @RegisterExtension
    static final LocalRedis NEW_REDIS = new LocalRedis();

    @RegisterExtension
    static final LocalKafka OLD_KAFKA = LocalKafka.shared();

    @RegisterExtension
    static final LocalKafka NEW_KAFKA = LocalKafka.another();

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final String topic = "drill-" + UUID.randomUUID();
    private int said;

    @Test
    void aBotThatWasBackedUpGoesOnWithAnotherRedisAndAnotherKafka() throws Exception {
        DrillProject project = new DrillProject(folder, topic);
        project.make();
        Path before = project.settings("before", OLD_REDIS, OLD_KAFKA);
        Path after = project.settings("after", NEW_REDIS, NEW_KAFKA);
        Path brain = folder.resolve("brain.jsonl");
        Path log = folder.resolve("log.jsonl");
        CommandId waiting;
        CommandId running;
        try (Running bot = new Running(before, OLD_REDIS)) {
            bot.said("dora", "ping", Kind.ANSWERED);
            bot.say("olga", "@dora has deployer role");
            until("dora is deployer", SOON, () -> bot.deployers().contains("play:dora"));
            waiting = bot.said("anna", "deploy production", Kind.APPROVAL_REQUESTED);
            running = bot.said("anna", "deploy staging", Kind.STARTED);
            bot.say("anna", "ping");
            until(
                    "all is recorded",
                    SOON,
                    () -> result(bot.brain.in(Kind.REQUESTED)).isEmpty()
                            && result(bot.brain.outbox(1)).isEmpty());
        }
        assertThat(word(before, "brain", "export", brain.toString()))
                .startsWith("0 ")
                .contains("exported ");
        assertThat(word(before, "audit", "export", log.toString()))
                .startsWith("0 ")
                .contains("exported ");
        long given = Long.parseLong(OLD_REDIS.tell("GET", "sb:seq"));
        OLD_REDIS.kill();
        OLD_KAFKA.kill();

        assertThat(word(after, "audit", "import", log.toString()))
                .startsWith("0 ")
                .contains("imported " + given + " records")
                .contains("The chain is whole: " + given + " records");
        assertThat(word(after, "brain", "import", brain.toString()))
                .startsWith("0 ")
                .contains("imported and compared ");
        assertThat(word(after, "brain", "verify", brain.toString()))
                .startsWith("0 ")
                .contains("The brain is what");
        try (Running bot = new Running(after, NEW_REDIS)) {
            until("the log is open", SOON, () -> "yes".equals(NEW_REDIS.tell("HGET", "sb:audit:status", "open")));
            assertThat(bot.deployers()).contains("play:anna", "play:bert", "play:carla", "play:dora");
            assertThat(result(bot.brain.lock("place/staging")).orElseThrow().command())
                    .isEqualTo(running);
            assertThat(result(bot.brain.in(Kind.APPROVAL_REQUESTED))).containsExactly(waiting);
            bot.say("dora", "approve " + waiting);
            until("what waited was done", SOON, () -> bot.state(waiting) == Kind.FINISHED);
            Files.createFile(folder.resolve("gate"));
            until("what ran is over", SOON, () -> bot.state(running) == Kind.FINISHED);
            assertThat(result(bot.brain.lock("place/staging"))).isEmpty();
            until("all is recorded", SOON, () -> result(bot.brain.outbox(1)).isEmpty());
        }
        long now = Long.parseLong(NEW_REDIS.tell("GET", "sb:seq"));
        assertThat(now).isGreaterThan(given);
        assertThat(word(after, "audit", "verify"))
                .startsWith("0 ")
                .contains("The chain is whole: " + now + " records, 1 to " + now)
                .contains("It holds what was noted elsewhere: " + now + ":");
        assertThat(word(after, "audit", "show", waiting.value())).contains("dora (play:dora) approved plan");
    }

    @Test
    void aBrainThatIsOlderThanTheLogIsToldAndHealedByANewTopic() throws Exception {
        DrillProject project = new DrillProject(folder, topic);
        project.make();
        Path before = project.settings("before", OLD_REDIS, OLD_KAFKA);
        Path brain = folder.resolve("brain.jsonl");
        try (Running bot = new Running(before, OLD_REDIS)) {
            bot.said("anna", "ping", Kind.ANSWERED);
            until("all is recorded", SOON, () -> result(bot.brain.outbox(1)).isEmpty());
            assertThat(word(before, "brain", "export", brain.toString()))
                    .startsWith("0 ")
                    .contains("exported ");
            bot.said("anna", "ping", Kind.ANSWERED);
            until("all is recorded", SOON, () -> result(bot.brain.outbox(1)).isEmpty());
        }
        OLD_REDIS.tell("FLUSHALL");
        assertThat(word(before, "brain", "import", brain.toString()))
                .startsWith("0 ")
                .contains("imported and compared ");
        try (Running bot = new Running(before, OLD_REDIS)) {
            until(
                    "the gap is named",
                    SOON,
                    () -> OLD_REDIS
                            .tell("HGET", "sb:audit:status", "reason")
                            .contains("it does not know records 5 to 8"));
            CommandId id = bot.said("anna", "deploy staging", Kind.REFUSED);
            assertThat(result(bot.brain.story(id)).orElseThrow().last().toString())
                    .contains("it does not know records");
        }
        Files.writeString(before, Files.readString(before).replace(topic, topic + "-2"));
        try (Running bot = new Running(before, OLD_REDIS)) {
            until("the log is open", SOON, () -> "yes".equals(OLD_REDIS.tell("HGET", "sb:audit:status", "open")));
            bot.said("anna", "ping", Kind.ANSWERED);
            until("all is recorded", SOON, () -> result(bot.brain.outbox(1)).isEmpty());
        }
        assertThat(word(before, "audit", "verify"))
                .startsWith("0 ")
                .contains("The chain is whole")
                .contains("It begins after record 4");
    }

    /** What a word of the program prints, after its exit status. */
    private static String word(Path settings, String... words) {
        PrintStream out = System.out;
        PrintStream errors = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            String[] all = new String[words.length + 2];
            all[0] = "--settings";
            all[1] = settings.toString();
            System.arraycopy(words, 0, all, 2, words.length);
            int status = Signalbox.line().execute(all);
            return status + " " + said.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(out);
            System.setErr(errors);
        }
    }

    /** The whole bot in this process, as its settings say. */
    private final class Running implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final Vertx observer = Vertx.vertx();
        private final Brain brain;
        private final SocketChannel room;

        Running(Path file, LocalRedis redis) throws Exception {
            Settings settings = SettingsReader.read(List.of(file), Map.of(), List.of());
            CurrentCatalog catalog = new CurrentCatalog(new CatalogLoader(settings.code(), settings.catalog()));
            Files.createDirectories(settings.state());
            result(new Bot(vertx, settings, catalog, new Home("drill", "here")).start());
            brain = redis.brain(observer, new Events(observer.eventBus()), Clock.systemUTC());
            room = SocketChannel.open(StandardProtocolFamily.UNIX);
            room.connect(UnixDomainSocketAddress.of(settings.chat().playSocket()));
        }

        void say(String person, String words) throws IOException {
            JsonObject line = new JsonObject()
                    .put("id", "m-" + said++)
                    .put("person", person)
                    .put("room", "ops")
                    .put("text", "signalbox " + words);
            room.write(ByteBuffer.wrap(
                    (new JsonObject().put("say", line).encode() + "\n").getBytes(StandardCharsets.UTF_8)));
        }

        /** The command that these words become, when it is in this state. */
        CommandId said(String person, String words, Kind state) throws Exception {
            String message = "sb:chat:heard:play:m-" + said;
            say(person, words);
            until(words + " was heard", SOON, () -> result(brain.value(message)).isPresent());
            CommandId id = new CommandId(result(brain.value(message)).orElseThrow());
            until(words + " is " + state + "; now " + state(id), SOON, () -> state(id) == state);
            return id;
        }

        Kind state(CommandId id) {
            return result(brain.story(id)).orElseThrow().state();
        }

        String deployers() {
            return String.join(" ", result(brain.hash("sb:gate:role:deployer")).keySet());
        }

        @Override
        public void close() throws IOException {
            room.close();
            result(vertx.close());
            result(observer.close());
        }
    }
}
