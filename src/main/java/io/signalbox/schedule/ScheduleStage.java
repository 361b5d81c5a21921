package io.signalbox.schedule;

import io.signalbox.brain.Brain;
import io.signalbox.brain.BrainUnavailable;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CronLine;
import io.signalbox.language.Due;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says the catalog's schedules when their time has come: each time at most once, and none that is long over. */
public final class ScheduleStage extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleStage.class);

    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final Set<String> inWork = new HashSet<>();

    public ScheduleStage(Brain brain, InstantSource clock, Supplier<Catalog> catalog) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(
                0,
                Inbox.SWEEP.toMillis(),
                timer -> catalog.get().schedules().values().forEach(this::take));
        return Future.succeededFuture();
    }

    private void take(CronLine line) {
        if (!inWork.add(line.name())) {
            return;
        }
        brain.value(Said.key(line))
                .compose(noted -> look(new Said(line, noted.orElse(""))))
                .onFailure(failure -> LOG.atLevel(failure instanceof BrainUnavailable ? Level.DEBUG : Level.WARN)
                        .addKeyValue("schedule", line.name())
                        .addKeyValue("error", failure.getMessage())
                        .log("A schedule was put off; the next sweep looks again"))
                .onComplete(done -> inWork.remove(line.name()));
    }

    /** A line that is new begins now: what it would have said before was never promised. */
    private Future<Void> look(Said said) {
        Instant now = clock.instant();
        if (said.upTo().isEmpty()) {
            return brain.commit(Commit.of().with(said.note(now))).mapEmpty();
        }
        Instant since = said.upTo().get();
        return said.line()
                .last(now)
                .filter(last -> last.isAfter(since))
                .map(last -> say(said, since, last, now))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> say(Said said, Instant since, Instant last, Instant now) {
        CronLine line = said.line();
        boolean timely = !last.plus(Story.TIMELY).isBefore(now);
        Instant first = line.next(since).orElse(last);
        Commit commit = Commit.of().with(said.note(last));
        if (!timely || first.isBefore(last)) {
            commit = missed(commit, line, first, now);
        }
        if (timely) {
            commit = commit.and(requested(line, last, now));
        }
        return brain.commit(commit).mapEmpty();
    }

    private static Event.Requested requested(CronLine line, Instant due, Instant now) {
        return new Event.Requested(
                CommandId.fresh(),
                now,
                new Person(line.person(), line.name()),
                new Room(line.room()),
                "cron:" + line.name() + ":" + due,
                line.say());
    }

    /** However many times it was: one message. */
    private static Commit missed(Commit commit, CronLine line, Instant first, Instant now) {
        Event.Requested requested = requested(line, first, now);
        String reason = "`" + line.say() + "` was due by the schedule " + line.name() + " at "
                + Due.shown(first, line.zone()) + " or since, and the bot was away: nothing was done.";
        List<String> help = List.of("What was missed is not made up for; somebody can say it.");
        return commit.and(requested).and(new Event.Refused(requested.id(), now, "missed", reason, help));
    }
}
