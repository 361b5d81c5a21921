package io.signalbox.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The typed event bus. It saves latency and is not trusted: whoever misses an event finds it in the brain.
 *
 * <p>On one node an event is handed over by reference.
 */
public final class Events {
    private final EventBus bus;

    /** Registers the codecs; one instance for each Vert.x. */
    public Events(EventBus bus) {
        this.bus = bus;
        var events = new ByReference<>("event", Event.class);
        var signals = new ByReference<>("signal", Signal.class);
        bus.registerCodec(events).registerCodec(signals).codecSelector(body -> {
            if (body instanceof Event) {
                return events.name();
            }
            return body instanceof Signal ? signals.name() : null;
        });
    }

    public void publish(Event event) {
        bus.publish(address(event.kind()), event);
    }

    public void publish(Signal signal) {
        bus.publish(address(signal.getClass()), signal);
    }

    public MessageConsumer<Event> on(Kind kind, Handler<Event> handler) {
        return bus.<Event>consumer(address(kind), message -> handler.handle(message.body()));
    }

    public <T extends Signal> MessageConsumer<T> on(Class<T> type, Handler<T> handler) {
        return bus.<T>consumer(address(type), message -> handler.handle(message.body()));
    }

    /** Asks whoever can answer without the brain; the future is empty-handed (null) where nobody may. */
    public Future<@Nullable String> ask(Signal.Unrecorded question) {
        return bus.<@Nullable String>request(address(question.getClass()), question)
                .map(Message::body);
    }

    /** Answers such questions; null means that this cannot be answered without the brain. */
    public MessageConsumer<Signal.Unrecorded> answering(Function<Signal.Unrecorded, @Nullable String> answer) {
        return bus.consumer(address(Signal.Unrecorded.class), message -> message.reply(answer.apply(message.body())));
    }

    /** Whether somebody of this id is a member of a chat; fails where nobody can tell. */
    public Future<Boolean> ask(Signal.Membership question) {
        return bus.<Boolean>request(address(question.getClass()), question).map(Message::body);
    }

    /** Answers that; the function gets the person's id, and a future of it that fails is an answer that fails. */
    public MessageConsumer<Signal.Membership> answeringMembership(Function<String, Future<Boolean>> answer) {
        return bus.consumer(
                address(Signal.Membership.class),
                message -> answer.apply(message.body().person())
                        .onSuccess(message::reply)
                        .onFailure(failure -> message.fail(1, failure.getMessage())));
    }

    /** The names of the commands that somebody may say somewhere; fails where nobody can tell. */
    public Future<Set<String>> ask(Signal.Sayable question) {
        return bus.<JsonArray>request(address(question.getClass()), question)
                .map(names -> names.body().stream().map(String.class::cast).collect(Collectors.toSet()));
    }

    /** Answers that; a future of the function that fails is an answer that fails. */
    public MessageConsumer<Signal.Sayable> answeringSayable(Function<Signal.Sayable, Future<Set<String>>> answer) {
        return bus.consumer(
                address(Signal.Sayable.class),
                message -> answer.apply(message.body())
                        .onSuccess(names -> message.reply(new JsonArray(List.copyOf(names))))
                        .onFailure(failure -> message.fail(1, failure.getMessage())));
    }

    private static String address(Kind kind) {
        return "event." + kind.title();
    }

    private static String address(Class<?> signal) {
        return "signal." + signal.getSimpleName();
    }
}
