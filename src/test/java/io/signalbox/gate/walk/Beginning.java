package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may begin, and be asked for: by whom, recorded, in its time, in no freeze, and when its turn for its lock has come. */
final class Beginning {
    private final Model model;
    private final List<String> passes = new ArrayList<>();

    Beginning(Model model) {
        this.model = model;
    }

    void mayBegin(Story was, Event event) {
        maySay(was);
        onTime(was, event);
        Instruction said = was.instruction();
        Instant time = model.time(event);
        Rules.scopes(said)
                .forEach(scope -> Promises.FROZEN.demand(
                        Optional.ofNullable(model.freezes().get(scope))
                                .filter(freeze -> freeze.stands(time))
                                .isEmpty(),
                        scope,
                        "is frozen by",
                        model.freezes().get(scope) + ":",
                        event + "",
                        "of",
                        was + ""));
        Rules.lock(said).ifPresent(lock -> hasItsTurn(was, event, lock));
    }

    /** It is admitted: notes where that is because of who it is, or what. */
    void begun(Story was, Event event) {
        Promises.NOT_TOO_MANY.demand(!Rules.isRun(was) || model.hasPlace(), "too many:", was + "");
        Instruction said = was.instruction();
        boolean frozen = Stream.of(Rules.EVERYTHING, said.arguments().getOrDefault("environment", ""))
                .flatMap(scope -> Stream.ofNullable(model.freezes().get(scope)))
                .anyMatch(freeze -> freeze.stands(model.time(event)));
        if (frozen && Rules.isRun(was)) {
            passes.add("in a freeze, admitted");
        }
        Rules.lock(said)
                .flatMap(lock -> Optional.ofNullable(model.holds().get(lock)))
                .filter(hold -> hold.stands(model.time(event)))
                .ifPresent(own -> passes.add("under one's own lock, admitted"));
    }

    List<String> passes() {
        return passes;
    }

    private void maySay(Story was) {
        String person = was.requested().by().id();
        Promises.AUTHORISED.demand(
                model.holds(person, Rules.roles(was.instruction().command())), person, "may not:", was + "");
        Promises.RECORDED.demand(model.isRecording() || !Rules.isRecorded(was), "the log is closed:", was + "");
    }

    private void hasItsTurn(Story was, Event event, String lock) {
        CommandId holder = model.locks().get(lock);
        Promises.ONE_HOLDER.demand(holder == null, lock, "is held by", holder + ":", was + "");
        String person = was.requested().by().id();
        Optional<Kept> hold = Optional.ofNullable(model.holds().get(lock));
        Instant time = model.time(event);
        boolean open = hold.filter(kept -> kept.stands(time))
                .filter(kept -> !kept.by().equals(person))
                .isEmpty();
        Promises.KEEPER.demand(open, lock, "is kept by", hold + ":", was + "");
        boolean surelyKept = hold.filter(kept -> kept.stands(time)).isPresent();
        boolean surelyFree = hold.filter(kept -> !kept.isOver(event.at())).isEmpty();
        Stream<Optional<String>> keepers = surelyKept
                ? Stream.of(hold.map(Kept::by))
                : surelyFree ? Stream.of(Optional.empty()) : Stream.of(hold.map(Kept::by), Optional.empty());
        Promises.IN_ORDER.demand(
                Rules.goesAhead(was.instruction())
                        || keepers.anyMatch(keeper -> model.line().isNext(was.id(), lock, keeper)),
                "others are before it,",
                model.line().waiting(lock) + ":",
                was + "");
    }

    /** It waits for a time, as it was asked for or moved. */
    void scheduled(Story was, Story story, Event.Scheduled event) {
        Promises.RECORDED.demand(model.isRecording(), "the log is closed:", story + "");
        if (was.state() == Kind.SCHEDULED) {
            Promises.KEPT.demand(model.word("move", was.id()).isPresent(), "nobody moved it:", story + "");
            Story word = model.word("move", was.id()).orElseThrow();
            String by = word.requested().by().id();
            Promises.AUTHORISED.demand(
                    was.requested().by().id().equals(by)
                            || model.since(by, Rules.ADMIN).isPresent(),
                    by,
                    "may not move",
                    story + "");
            Promises.KEPT.demand(Kept.by(word).mayEnd(event.due()), "is moved to another time:", story + "");
            return;
        }
        maySay(was);
        Promises.ON_TIME.demand(
                event.due().equals(was.instruction().manner().due()), "is due at another time:", story + "");
    }

    /** What waits for a time is looked at when that has come; what is refused as too late must be that. */
    static void onTime(Story was, Event event) {
        if (was.state() != Kind.SCHEDULED) {
            return;
        }
        Instant due = Deadlines.due(was);
        Promises.ON_TIME.demand(!event.at().isBefore(due), "too soon:", event + "", "of", was + "");
        boolean missed =
                event instanceof Event.Refused refused && refused.code().equals("missed");
        Promises.ON_TIME.demand(
                !missed || event.at().isAfter(due.plus(Rules.TIMELY)), "in time:", event + "", "of", was + "");
    }
}
