package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Events;
import io.signalbox.fixture.LocalRedis;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A brain goes from one Redis to another whole, or not at all. */
class TransferIT {
    @RegisterExtension
    static final LocalRedis OLD = new LocalRedis();

    @RegisterExtension
    static final LocalRedis NEW = new LocalRedis();

    private static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx.eventBus());
    private final Brain before = OLD.brain(vertx, events, InstantSource.system());
    private final Transfer from = new Transfer(OLD.connection(vertx));
    private final Transfer to = new Transfer(NEW.connection(vertx));
    private final CommandId id = CommandId.fresh();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve("brain.jsonl");
        result(before.commit(Commit.of(EventSamples.requested(id), EventSamples.understood(id))));
        OLD.tell("HSET", "sb:gate:person:play:anna", "deployer", "1700000000000");
        OLD.tell("SET", "sb:chat:heard:play:m-1", "später – 🚦 \"quoted\"\n\u0001", "PX", "3600000");
        OLD.tell("LPUSH", "sb:run:ended", "b", "a");
        OLD.tell("HSET", "sb:audit:head", "topic", "signalbox.audit", "sequence", "1", "hash", "ab".repeat(32));
    }

    @AfterEach
    void end() {
        result(vertx.close());
    }

    @Test
    void whatIsImportedIsWhatWasExported() throws IOException {
        assertThat(from.export(file, AT))
                .isEqualTo("exported " + keys() + " keys: schema 2, records given up to 2, the audit log"
                        + " acknowledged up to 1 in the topic signalbox.audit");
        assertThat(to.restore(file)).startsWith("imported and compared " + keys() + " keys");
        assertThat(to.differences(file)).isEmpty();
        assertThat(from.differences(file)).isEmpty();
        assertThat(NEW.keys()).containsExactlyInAnyOrderElementsOf(OLD.keys());
        assertThat(NEW.tell("GET", "sb:chat:heard:play:m-1")).isEqualTo("später – 🚦 \"quoted\"\n\u0001");
        assertThat(NEW.tell("LRANGE", "sb:run:ended", "0", "-1")).isEqualTo("a b");
        Brain after = NEW.brain(vertx, events, InstantSource.system());
        assertThat(result(after.story(id))).isEqualTo(result(before.story(id)));
        assertThat(result(after.outbox(9))).isEqualTo(result(before.outbox(9)));
        assertThat(result(after.commit(Commit.of(EventSamples.requested(CommandId.fresh())))))
                .isEqualTo(new CommitResult.Committed(List.of(3L)));
    }

    @Test
    void whatExpiresGoesOnExpiringAndAnEmptyOutboxKeepsItsPlace() throws IOException {
        OLD.tell("XTRIM", "sb:outbox", "MAXLEN", "0");
        from.export(file, AT);
        to.restore(file);
        long left = Long.parseLong(NEW.tell("PTTL", "sb:chat:heard:play:m-1"));
        assertThat(left).isBetween(3_000_000L, 3_600_000L);
        assertThat(NEW.tell("XLEN", "sb:outbox")).isEqualTo("0");
        assertThat(NEW.tell("XINFO", "STREAM", "sb:outbox")).contains("last-generated-id 2-0");
        assertThat(to.differences(file)).isEmpty();
    }

    @Test
    void theFileIsItsOwnersOnlyAndNeverOverwritten() throws IOException {
        from.export(file, AT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> from.export(file, AT)).hasMessageContaining("exists already");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void theHeadOfTheFileSaysWhatIsInIt() throws IOException {
        from.export(file, AT);
        JsonObject head = new JsonObject(Files.readAllLines(file).get(0));
        assertThat(head.getMap())
                .containsEntry("signalbox-brain", 1)
                .containsEntry("schema", "2")
                .containsEntry("reader", "1")
                .containsEntry("sequence", "2")
                .containsEntry("at", AT.toString());
        assertThat(head.getJsonObject("audit").getString("sequence")).isEqualTo("1");
    }

    @Test
    void aLargeBrainIsReadBitByBitWhileNoBotUsesIt() throws IOException {
        for (int number = 0; number < 500; number++) {
            OLD.tell("SET", "sb:chat:heard:play:n-" + number, Integer.toString(number));
        }
        Transfer large = new Transfer(OLD.connection(vertx), 100);
        large.export(file, AT);
        to.restore(file);
        assertThat(NEW.keys()).hasSizeGreaterThan(500).containsExactlyInAnyOrderElementsOf(OLD.keys());
        OLD.tell("HSET", "sb:audit:status", "open", "yes");
        assertThatThrownBy(() -> large.export(folder.resolve("other"), AT))
                .isInstanceOf(BadSnapshot.class)
                .hasMessageContaining("a bot runs on it: stop the bot");
        from.export(folder.resolve("small"), AT);
        assertThat(Files.readString(folder.resolve("small"))).doesNotContain("sb:audit:status");
    }

    @Test
    void refusesABrainThatHoldsSomethingOrThatABotUses() throws IOException {
        from.export(file, AT);
        NEW.tell("SET", "sb:seq", "1");
        assertThatThrownBy(() -> to.restore(file)).hasMessageContaining("not empty: it holds 1 keys, as sb:seq");
        NEW.tell("FLUSHALL");
        NEW.tell("HSET", "sb:audit:status", "open", "no");
        assertThatThrownBy(() -> to.restore(file)).hasMessageContaining("a bot runs on this brain");
        assertThat(NEW.keys()).containsExactly("sb:audit:status");
        NEW.tell("FLUSHALL");
        NEW.tell("SET", "other:key", "not ours");
        to.restore(file);
    }

    @Test
    void refusesAFileThatIsNotWhole() throws IOException {
        from.export(file, AT);
        List<String> lines = Files.readAllLines(file);
        List<String> less = new ArrayList<>(lines);
        less.remove(2);
        assertBad(less, "was changed: its SHA-256 is");
        assertBad(lines.subList(0, lines.size() - 1), "ends without its closing line: it was cut off");
        assertBad(changed(lines, 3, "\"value\":", "\"value\":1,\"old\":"), "line 4: it is no key of a brain");
        assertBad(changed(lines, 3, "{", ""), "line 4: it is no JSON object");
        assertBad(changed(lines, 0, "\"signalbox-brain\":1", "\"signalbox-brain\":2"), "line 1: it does not begin");
        assertBad(List.of(), "is empty");
        List<String> twice = new ArrayList<>(lines);
        twice.add(2, lines.get(1));
        assertBad(twice, "line 3: ");
        List<String> counted = closed(less.subList(0, less.size() - 1));
        assertBad(counted, "keys, and its head says " + keys());
        assertThat(NEW.keys()).isEmpty();
        assertThat(NEW.tell("EXISTS", "sb:schema")).isEqualTo("0");
    }

    @Test
    void refusesAnExportOfALaterReleaseThatThisOneMustNotChange() throws IOException {
        OLD.tell("HSET", "sb:schema", "version", "9", "reader", "8");
        from.export(file, AT);
        assertThatThrownBy(() -> to.restore(file))
                .hasMessageContaining("it takes one that knows schema 8, and this one knows 2");
    }

    @Test
    void anImportThatWasCutOffIsFinishedWithTheSameFileAndNobodyChangesTheBrainMeanwhile() throws IOException {
        from.export(file, AT);
        String digest = Snapshot.check(file).digest();
        NEW.tell("HSET", "sb:schema", "importing", digest);
        NEW.tell("LPUSH", "sb:run:ended", "half");
        Brain bot = NEW.brain(vertx, events, InstantSource.system());
        assertThatThrownBy(() -> result(bot.commit(Commit.of(EventSamples.requested(CommandId.fresh())))))
                .isInstanceOf(ForeignSchema.class)
                .hasMessageContaining("brain import with the same file once more");
        Path other = folder.resolve("other");
        OLD.tell("SET", "sb:seq", "3");
        from.export(other, AT);
        assertThatThrownBy(() -> to.restore(other)).hasMessageContaining("an import of another file was cut off here");
        to.restore(file);
        assertThat(to.differences(file)).isEmpty();
        assertThat(NEW.tell("HMGET", "sb:schema", "version", "reader", "importing"))
                .isEqualTo("2 1 ");
    }

    @Test
    void namesEachKeyThatIsNotAsExported() throws IOException {
        from.export(file, AT);
        OLD.tell("SET", "sb:seq", "7");
        OLD.tell("DEL", "sb:run:ended");
        OLD.tell("SADD", "sb:locks", "backend/staging");
        OLD.tell("PEXPIRE", "sb:chat:heard:play:m-1", "1800000");
        OLD.tell("HSET", "sb:audit:status", "open", "yes");
        assertThat(from.differences(file))
                .containsExactly(
                        "sb:chat:heard:play:m-1 expires at another time",
                        "sb:locks is not in the export",
                        "sb:run:ended is missing",
                        "sb:seq holds something else");
    }

    /** The brain's version is one of them. */
    private static int keys() {
        return OLD.keys().size() + 1;
    }

    private static List<String> changed(List<String> lines, int number, String from, String to) {
        List<String> other = new ArrayList<>(lines);
        other.set(number, lines.get(number).replaceFirst(Pattern.quote(from), to));
        return other;
    }

    private static List<String> closed(List<String> lines) {
        String text = String.join("\n", lines) + "\n";
        List<String> closed = new ArrayList<>(lines);
        closed.add(new JsonObject().put("sha256", DigestUtils.sha256Hex(text)).encode());
        return closed;
    }

    private void assertBad(List<String> lines, String reason) throws IOException {
        Path bad = Files.write(Files.createTempFile(folder, "bad", ".jsonl"), lines);
        assertThatThrownBy(() -> to.restore(bad))
                .isInstanceOf(BadSnapshot.class)
                .hasMessageContaining(bad.toString())
                .hasMessageContaining(reason);
    }
}
