package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.language.Due;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * Commands that wait for a time: refused at once where they could not be said now, and when their time has come decided as
 * if they had just been said.
 */
final class Scheduling {
    private final Brain brain;
    private final InstantSource clock;
    private final Checks checks;
    private final Admission admission;
    private final Consequences consequences;
    private final ZoneId zone;

    Scheduling(
            Brain brain,
            InstantSource clock,
            Checks checks,
            Admission admission,
            Consequences consequences,
            ZoneId zone) {
        this.brain = brain;
        this.clock = clock;
        this.checks = checks;
        this.admission = admission;
        this.consequences = consequences;
        this.zone = zone;
    }

    /** What was understood and is due later. */
    Future<Void> takeOn(Asked asked, Instant due) {
        if (!asked.spec().startsProcess()) {
            return refuse(
                    asked,
                    new Verdict.Refused(
                            "schedule",
                            "`" + asked.instruction().canonical()
                                    + "` is answered at once: only what starts a process can be scheduled.",
                            "Say it without a time."));
        }
        Instant now = clock.instant();
        if (due.isAfter(now.plus(Schedules.FARTHEST))) {
            return refuse(asked, tooFar(due, zone));
        }
        return checks.apartFromLock(asked)
                .compose(verdict -> verdict instanceof Verdict.Refused refused
                        ? refuse(asked, refused)
                        : schedule(asked, due, now));
    }

    static Verdict.Refused tooFar(Instant due, ZoneId zone) {
        return new Verdict.Refused(
                "schedule",
                Due.shown(due, zone) + " is too far away: commands are scheduled at most " + Schedules.FARTHEST.toDays()
                        + " days ahead.",
                "What comes again and again is for `schedules:` in the catalog.");
    }

    private Future<Void> schedule(Asked asked, Instant due, Instant now) {
        Commit commit = Commit.of(new Event.Scheduled(asked.id(), now, due))
                .with(asked.unchanged())
                .with(Schedules.room(asked.by()));
        return brain.commit(checks.demand(commit, asked)).compose(result -> {
            if (!(result instanceof CommitResult.Declined declined)) {
                return Future.succeededFuture();
            }
            return declined.code().equals("many")
                    ? refuse(asked, many(asked))
                    : checks.reason(declined, asked)
                            .compose(reason ->
                                    reason.map(why -> refuse(asked, why)).orElseGet(Future::succeededFuture));
        });
    }

    private static Verdict.Refused many(Asked asked) {
        return new Verdict.Refused(
                "schedule",
                asked.by().name() + " has scheduled " + Schedules.MOST + " commands already, which is the most.",
                "`schedules` lists them, `cancel ID` ends one.");
    }

    /** What waits for its time; called again and again until that has come. */
    Future<Void> look(Asked asked) {
        Story story = asked.story();
        Instant due = Schedules.due(story).orElseThrow();
        if (story.requested().because() != null) {
            return consequences.look(asked, due);
        }
        Instant now = clock.instant();
        if (due.isAfter(now)) {
            return Future.succeededFuture();
        }
        return due.plus(Story.TIMELY).isBefore(now) ? refuse(asked, missed(due)) : admission.decide(asked);
    }

    private Verdict.Refused missed(Instant due) {
        return new Verdict.Refused(
                "missed",
                "This was due at " + Due.shown(due, zone) + " and the bot was away; nothing was done.",
                "Say it again.");
    }

    private Future<Void> refuse(Asked asked, Verdict.Refused why) {
        return checks.refuse(asked, why);
    }
}
