package io.signalbox.gate;

import io.signalbox.bus.CommandId;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A gate that was just started, with an audit log that takes records and an empty brain. */
@ExtendWith(NoBlockedThreads.class)
@Timeout(120)
abstract class OpenGate {
    static final String ANNA = "play:anna";
    static final String BERT = "play:bert";
    static final String CARLA = "play:carla";
    static final String OLGA = "play:olga";
    static final String GUEST = "play:guest";

    private final LocalRedis redis;
    GateRig gate;

    OpenGate(LocalRedis redis) {
        this.redis = redis;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        gate = new GateRig(redis, new TestProject(folder)).open();
    }

    @AfterEach
    void close() {
        gate.close();
    }

    /** Somebody's yes; the word's own id. */
    CommandId approve(String person, CommandId command) {
        return gate.say(person, "approve", "id", command.value());
    }
}
