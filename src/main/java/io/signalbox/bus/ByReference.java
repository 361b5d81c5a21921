package io.signalbox.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands immutable messages over as they are; a bus between machines will need a wire form, until then it refuses. */
final class ByReference<T> implements MessageCodec<T, T> {
    private final String name;
    private final Class<T> type;

    ByReference(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        throw new UnsupportedOperationException(type.getSimpleName() + " travels within one process only");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException(type.getSimpleName() + " travels within one process only");
    }

    @Override
    public T transform(T message) {
        return message;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
