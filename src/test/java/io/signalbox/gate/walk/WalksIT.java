package io.signalbox.gate.walk;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.signalbox.catalog.Catalog;
import io.signalbox.fixture.Folders;
import io.signalbox.fixture.LocalRedis;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.StatisticsReport;
import org.slf4j.LoggerFactory;

/**
 * Random walks over people, commands, approvals, expiries, restarts and faults, with the real gate on a real Redis. A walk
 * that breaks a promise is made shorter until every step of it is needed.
 */
class WalksIT {
    private static final LocalRedis REDIS = new LocalRedis();
    private static final Path FOLDER = Folders.create("walks");
    private static final Catalog CATALOG = Rules.catalog(FOLDER);
    private static final Cable CABLE = new Cable(URI.create(REDIS.uri()).getPort());

    @BeforeContainer
    static void start() {
        // What a gate says of a Redis that is away on purpose is no news.
        ((Logger) LoggerFactory.getLogger("io.signalbox")).setLevel(Level.OFF);
        REDIS.start();
        REDIS.tell("CONFIG", "SET", "appendfsync", "no");
    }

    @AfterContainer
    static void end() throws IOException {
        ((Logger) LoggerFactory.getLogger("io.signalbox")).setLevel(null);
        CABLE.close();
        REDIS.end();
        Folders.delete(FOLDER);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(onFailureOnly = true)
    void whateverHappensThePromisesHold(@ForAll("walks") List<Move> walk) {
        try (Junction junction = new Junction(REDIS, CABLE, CATALOG)) {
            walk.forEach(move -> move.make(junction));
            new Ending(junction).come();
            Reached.collect(junction.model());
        }
    }

    @Provide
    Arbitrary<List<Move>> walks() {
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(16, Ask.any()),
                Tuple.of(24, Decide.approval()),
                Tuple.of(5, BreakGlass.any()),
                Tuple.of(3, ChangeFreeze.freeze()),
                Tuple.of(4, ChangeFreeze.thaw()),
                Tuple.of(4, KeepLock.any()),
                Tuple.of(1, Extend.any()),
                Tuple.of(2, Reschedule.any()),
                Tuple.of(8, AtOnce.yeses()),
                Tuple.of(1, AtOnce.locks()),
                Tuple.of(2, LastMoment.any()),
                Tuple.of(2, Decide.denial()),
                Tuple.of(1, Arbitraries.just(new Withdraw())),
                Tuple.of(3, ChangeRole.grant()),
                Tuple.of(4, ChangeRole.revoke()),
                Tuple.of(4, Unlock.any()),
                Tuple.of(5, Finish.any()),
                Tuple.of(1, FinishAgain.any()),
                Tuple.of(4, TimePasses.any()),
                Tuple.of(9, mishaps()));
        return Combinators.combine(Arbitraries.of(Move.Pace.values()), step)
                .as(Move::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Step> mishaps() {
        return Arbitraries.frequency(
                Tuple.of(6, Mishap.DRIFT),
                Tuple.of(4, Mishap.RESTART),
                Tuple.of(2, Mishap.AUDIT_LOG_CLOSES),
                Tuple.of(3, Mishap.AUDIT_LOG_OPENS),
                Tuple.of(6, Mishap.ANSWER_LOST),
                Tuple.of(1, Mishap.SILENCE),
                Tuple.of(2, Mishap.CONNECTIONS_CUT),
                Tuple.of(4, Mishap.DOUBLED));
    }
}
