package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.InState;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CronLine;
import io.signalbox.language.Due;
import io.signalbox.language.TimeWords;
import io.signalbox.notation.Durations;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code schedules}, {@code move} and {@code keep}. */
final class ScheduleWords {
    private static final Duration LONGEST_KEPT = Duration.ofDays(7);
    private static final String ADMIN_ONLY = "mover";

    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;
    private final ZoneId zone;

    ScheduleWords(Brain brain, InstantSource clock, Supplier<Catalog> catalog, ZoneId zone) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
        this.zone = zone;
    }

    Future<Reply> schedules(Asked word) {
        return scheduled().map(stories -> {
            List<String> lines = new ArrayList<>();
            stories.forEach(story -> lines.add(line(story)));
            catalog.get().schedules().values().forEach(line -> lines.add(line(line)));
            return Reply.say(lines.isEmpty() ? "Nothing is scheduled." : String.join("\n", lines));
        });
    }

    private String line(Story story) {
        CommandId cause = story.requested().because();
        return Due.shown(due(story), zone) + "  " + shown(story) + ", "
                + (cause == null ? story.requested().by().name() : "after " + cause);
    }

    private String line(CronLine line) {
        String next =
                line.next(clock.instant()).map(due -> Due.shown(due, zone)).orElse("never");
        return next + "  `" + line.say() + "`, again and again as " + line.person() + " (" + line.cron() + ", "
                + line.zone() + ")";
    }

    private Future<List<Story>> scheduled() {
        return brain.in(Kind.SCHEDULED)
                .compose(brain::stories)
                .map(stories -> stories.stream()
                        .filter(story -> story.state() == Kind.SCHEDULED)
                        .sorted(Comparator.comparing(ScheduleWords::due))
                        .toList());
    }

    private static Instant due(Story story) {
        return Schedules.due(story).orElseThrow();
    }

    private static String shown(Story story) {
        return "`" + story.instruction().canonical() + "` (" + story.id() + ")";
    }

    Future<Reply> move(Asked word) {
        String said = word.argument("id").orElse("");
        return brain.story(new CommandId(said)).compose(found -> {
            Optional<Story> target = found.filter(story -> story.state() == Kind.SCHEDULED);
            if (target.isEmpty()) {
                return Reply.no("state", said + " is not scheduled.", "`schedules` lists what is.");
            }
            return target.get().requested().because() == null
                    ? move(word, target.get())
                    : Reply.no(
                            "consequence",
                            shown(target.get()) + " comes by itself after "
                                    + target.get().requested().because() + ".",
                            "`keep` moves that, as in `keep backend staging 6h`; `cancel " + said + "` ends it.");
        });
    }

    private Future<Reply> move(Asked word, Story target) {
        Instant now = clock.instant();
        String when = word.argument("when").orElse("");
        Optional<TimeWords.Reading> reading = TimeWords.read(when, now, zone);
        if (reading.isEmpty()) {
            return Reply.no("time", "'" + when + "' is not a time.", "A time is said " + TimeWords.EXAMPLE + ".");
        }
        if (reading.get() instanceof TimeWords.NoMoment no) {
            return Reply.no("time", no.why(), "A time is said " + TimeWords.EXAMPLE + ".");
        }
        Instant due = ((TimeWords.Moment) reading.get()).due();
        if (due.isAfter(now.plus(Schedules.FARTHEST))) {
            return Future.succeededFuture(new Reply.No(Scheduling.tooFar(due, zone)));
        }
        Reply.Yes yes = moved(target, due, now);
        boolean own = target.requested().by().is(word.by());
        return Future.succeededFuture(
                own ? yes : yes.with(Roles.held(new Roles.Need(word.by(), Set.of(Policy.ADMIN), ADMIN_ONLY, null))));
    }

    private Reply.Yes moved(Story target, Instant due, Instant now) {
        return Reply.say("Moved: " + shown(target) + " comes at " + Due.shown(due, zone) + ".")
                .with(new Event.Scheduled(target.id(), now, due))
                .with(InState.of(target.id(), Kind.SCHEDULED))
                .orElse(declined -> Future.succeededFuture(
                        declined.code().equals(ADMIN_ONLY)
                                ? new Verdict.Refused(
                                        "role",
                                        shown(target) + " is moved by "
                                                + target.requested().by().name()
                                                + ", who scheduled it, or by an admin.")
                                : new Verdict.Refused("state", shown(target) + " has just begun or ended.")));
    }

    /** Puts off what comes by itself: of the commands of this group, in this place. */
    Future<Reply> keep(Asked word) {
        String group = word.argument("app").orElse("");
        String place = word.argument("place").orElse("");
        return scheduled().compose(stories -> {
            Optional<Story> target = stories.stream()
                    .filter(story -> story.requested().because() != null)
                    .filter(story -> story.instruction().command().startsWith(group + "."))
                    .filter(story -> story.instruction().arguments().containsValue(place))
                    .max(Comparator.comparing(story -> story.events().get(0).at()));
            return target.map(story -> keep(word, story))
                    .orElseGet(() -> Reply.no(
                            "nothing",
                            "Nothing of " + group + " in " + place + " is about to end by itself.",
                            "`schedules` lists what comes by itself, and when."));
        });
    }

    private Future<Reply> keep(Asked word, Story target) {
        Instant now = clock.instant();
        Optional<Duration> time = word.argument("time").flatMap(Durations::read);
        String until = shown(target) + " comes at " + Due.shown(due(target), zone) + ".";
        if (time.isEmpty()) {
            return Reply.no(
                    "time",
                    "For how long? " + until,
                    "`" + word.instruction().canonical() + " 6h` keeps it for six hours from now.");
        }
        if (time.get().compareTo(LONGEST_KEPT) > 0) {
            return Reply.no(
                    "time",
                    "What stands by costs money, and is kept for " + LONGEST_KEPT.toDays() + " days at most.",
                    "`cancel " + target.id() + "` keeps it until somebody ends it by hand.");
        }
        Instant due = now.plus(time.get());
        return due.isAfter(due(target))
                ? Future.succeededFuture(moved(target, due, now))
                : Reply.no("time", "It is kept longer than that already: " + until);
    }
}
