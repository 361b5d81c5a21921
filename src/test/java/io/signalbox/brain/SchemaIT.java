package io.signalbox.brain;

import static io.signalbox.fixture.Eventually.result;
import static io.signalbox.fixture.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Events;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.Logged;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Releases of different age at one brain: what each may do, and what it finds done. */
class SchemaIT {
    @RegisterExtension
    static final LocalRedis REDIS = new LocalRedis();

    private static final Migration SECOND = new Migration(2, 1, "redis.call('INCR', 'sb:test:second')");
    private static final Migration THIRD = new Migration(3, 1, "redis.call('INCR', 'sb:test:third')");
    private static final Migration FOURTH = new Migration(4, 3, "redis.call('INCR', 'sb:test:fourth')");

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx.eventBus());
    private final CommandId id = CommandId.fresh();

    @AfterEach
    void end() {
        result(vertx.close());
    }

    @Test
    void theVersionsOfThisReleaseAreOrderedWithoutAGap() {
        assertThat(Schema.MIGRATIONS.stream().map(Migration::version))
                .containsExactlyElementsOf(IntStream.rangeClosed(2, Schema.MIGRATIONS.size() + 1)
                        .boxed()
                        .toList());
    }

    @Test
    void noMigrationShutsOutTheReleaseBeforeIt() {
        assertThatThrownBy(() -> new Migration(3, 3, "")).hasMessageContaining("shuts out the release before it");
    }

    @Test
    void theFirstCommitOfABrainNamesItsVersion() {
        REDIS.tell("SET", "sb:seq", "7");
        assertThat(commit(release(Schema.MIGRATIONS.toArray(Migration[]::new))))
                .isEqualTo(new CommitResult.Committed(List.of(8L)));
        assertThat(REDIS.tell("HMGET", "sb:schema", "version", "reader"))
                .isEqualTo((Schema.MIGRATIONS.size() + 1) + " 1");
    }

    @Test
    void eachMigrationRunsOnceAndInOrder() {
        commit(release(SECOND));
        assertThat(counts()).isEqualTo("1  ");
        commit(release(SECOND, THIRD));
        commit(release(SECOND, THIRD));
        assertThat(counts()).isEqualTo("1 1 ");
        assertThat(REDIS.tell("HGET", "sb:schema", "version")).isEqualTo("3");
    }

    @Test
    void severalAtOnceStartOnOneBrain() {
        List<Brain> bots =
                IntStream.range(0, 4).mapToObj(number -> release(SECOND, THIRD)).toList();
        bots.stream()
                .map(bot -> bot.commit(Commit.of(EventSamples.requested(CommandId.fresh()))))
                .toList()
                .forEach(done -> assertThat(result(done)).isInstanceOf(CommitResult.Committed.class));
        assertThat(counts()).isEqualTo("1 1 ");
    }

    @Test
    void theReleaseBeforeGoesOnAndSaysOnceThatTheBrainIsNewer() throws Exception {
        commit(release(SECOND, THIRD));
        Brain before = release(SECOND);
        try (Logged log = new Logged(Schema.class)) {
            assertThat(commit(before)).isInstanceOf(CommitResult.Committed.class);
            assertThat(commit(before)).isInstanceOf(CommitResult.Committed.class);
            until("it says so", Duration.ofSeconds(5), () -> log.count(Level.WARN) == 1);
        }
        assertThat(REDIS.tell("HGET", "sb:schema", "version")).isEqualTo("3");
    }

    @Test
    void aReleaseThatIsTooOldReadsAndChangesNothing() {
        result(release(SECOND, THIRD, FOURTH).commit(Commit.of(EventSamples.requested(id))));
        Brain old = release(SECOND);
        assertThatThrownBy(() -> commit(old))
                .isInstanceOf(ForeignSchema.class)
                .hasMessageContaining("takes changes from those that know schema 3 or more, and this one knows 2");
        assertThat(REDIS.tell("GET", "sb:seq")).isEqualTo("1");
        assertThat(result(old.story(id))).isPresent();
        assertThat(commit(release(SECOND, THIRD))).isInstanceOf(CommitResult.Committed.class);
    }

    private static String counts() {
        return REDIS.tell("MGET", "sb:test:second", "sb:test:third", "sb:test:fourth");
    }

    private static CommitResult commit(Brain brain) {
        return result(brain.commit(Commit.of(EventSamples.requested(CommandId.fresh()))));
    }

    private Brain release(Migration... migrations) {
        Connection connection = REDIS.connection(vertx);
        CommitScript script =
                new CommitScript(connection, InstantSource.system(), Duration.ofHours(1), List.of(migrations));
        return new Brain(connection, script, events);
    }
}
