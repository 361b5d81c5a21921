package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.BrainUnavailable;
import io.signalbox.brain.Inbox;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Events;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Signal;
import io.signalbox.catalog.Catalog;
import io.signalbox.notation.PlainText;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The first and the last stage: what people say becomes a command, and what becomes of it is said to them. */
public final class ChatStage extends VerticleBase implements Ear {
    private static final Logger LOG = LoggerFactory.getLogger(ChatStage.class);
    private static final Duration EDITS = Duration.ofSeconds(1);

    private final Events events;
    private final Brain brain;
    private final Capacity capacity;
    private final Hearing hearing;
    private final Telling telling;
    private final Homecoming homecoming;
    private final Map<String, Adapter> adapters;
    private final Set<CommandId> edited = new HashSet<>();

    /** What was said longer ago than {@code oldest} is listed, not run; times are shown in {@code zone}. */
    public ChatStage(
            Events events,
            Brain brain,
            Supplier<Catalog> catalog,
            InstantSource clock,
            Duration oldest,
            ZoneId zone,
            List<Adapter> adapters) {
        this.events = events;
        this.brain = brain;
        this.adapters = adapters.stream().collect(Collectors.toMap(Adapter::service, Function.identity()));
        this.capacity = new Capacity(clock);
        this.hearing = new Hearing(brain, clock, capacity, oldest);
        this.telling = new Telling(
                brain, new Told(brain), new Wording(new RunWording(catalog, zone)), this.adapters, capacity::told);
        this.homecoming = new Homecoming(brain, clock, this.adapters);
    }

    @Override
    public Future<?> start() {
        List<Future<?>> open = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            open.add(events.on(kind, this::happened).completion());
        }
        open.add(events.on(Signal.Progressed.class, this::progressed).completion());
        open.add(events.answeringMembership(this::isMember).completion());
        vertx.setPeriodic(0, Inbox.SWEEP.toMillis(), timer -> sweep());
        return Future.all(open)
                .compose(done -> Future.all(
                        adapters.values().stream().map(each -> each.open(this)).toList()));
    }

    @Override
    public Future<?> stop() {
        return Future.join(adapters.values().stream().map(Adapter::close).toList());
    }

    private void happened(Event event) {
        capacity.note(event);
        if (telling.hasWordsFor(event)) {
            telling.tell(event.id());
        }
    }

    private void sweep() {
        homecoming.tell();
        brain.untold()
                .onSuccess(telling::sweep)
                .onFailure(failure ->
                        LOG.atDebug().addKeyValue("error", failure.getMessage()).log("Sweep put off"));
    }

    /** Edits of a living message are gathered: at most one a second for a command, and the last always arrives. */
    private void progressed(Signal.Progressed signal) {
        telling.note(signal.id(), signal.progress());
        if (edited.add(signal.id())) {
            vertx.setTimer(EDITS.toMillis(), timer -> {
                edited.remove(signal.id());
                telling.tell(signal.id());
            });
        }
    }

    @Override
    public Future<Boolean> hear(Said said) {
        return hearing.take(said).recover(failure -> unrecorded(said, failure));
    }

    private Future<Boolean> unrecorded(Said said, Throwable failure) {
        boolean exhausted = failure instanceof Capacity.Exhausted;
        LOG.atLevel(exhausted ? Level.DEBUG : Level.WARN)
                .addKeyValue("person", said.by().id())
                .addKeyValue("room", said.room().id())
                .addKeyValue("error", failure.getMessage())
                .log("A request could not be recorded");
        Adapter adapter = Objects.requireNonNull(adapters.get(said.room().service()));
        return (failure instanceof BrainUnavailable ? withoutBrain(said) : Future.succeededFuture(refused(failure)))
                .compose(text -> adapter.post(Message.of("unrecorded/" + said.message(), said.room(), text), ""))
                .map(true)
                .onSuccess(done -> adapter.processed(said.message()))
                .recover(unsaid -> {
                    LOG.atError()
                            .addKeyValue("error", unsaid.getMessage())
                            .log("A person could not be told that a request was not recorded");
                    return Future.succeededFuture(true);
                });
    }

    /** A Redis that took the request and died before it said so has it when it is back. */
    private Future<String> withoutBrain(Said said) {
        Optional<String> neverRun = hearing.neverRun(said);
        if (neverRun.isPresent()) {
            return Future.succeededFuture(
                    neverRun.get() + " The brain (Redis) does not answer, so this may not be recorded.");
        }
        String words = Addressing.addressed(said).orElse(said.text());
        return events.ask(new Signal.Unrecorded(said.by(), said.room(), words))
                .recover(noAnswer -> Future.succeededFuture(null))
                .map(answer -> answer != null
                        ? answer
                        : "The brain (Redis) does not answer, so this may not have been recorded. If it was, it begins"
                                + " when Redis is back within " + SpokenTime.rough(Story.TIMELY)
                                + ": look at `status` and `runs` then, before you say it again."
                                + " `help`, `ping` and `status` still work.");
    }

    /** The brain answered, with no: its script writes nothing then. */
    private static String refused(Throwable failure) {
        if (failure instanceof Capacity.Exhausted) {
            return "More is being asked of me than I can even write down: this is not recorded, and nothing is done."
                    + " Say it again in a moment.";
        }
        return "This could not be recorded, so nothing is done: " + PlainText.line(String.valueOf(failure.getMessage()))
                + ". That is a mistake of mine; the bot's log says more.";
    }

    @Override
    public Future<Void> rest(BooleanSupplier wanted) {
        return new Resting(vertx, brain).rest(wanted);
    }

    /** Nobody is a member of a chat that is not served. */
    private Future<Boolean> isMember(String person) {
        return Optional.ofNullable(adapters.get(person.substring(0, Math.max(0, person.indexOf(':')))))
                .map(adapter -> adapter.isMember(person))
                .orElseGet(() -> Future.succeededFuture(false));
    }
}
