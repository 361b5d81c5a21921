package io.signalbox.chat;

import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A chat stage of its own for each test. */
@ExtendWith(NoBlockedThreads.class)
abstract class Listening {
    final LocalRedis redis;
    ListeningChat chat;

    @TempDir
    Path folder;

    Listening(LocalRedis redis) {
        this.redis = redis;
    }

    @BeforeEach
    void deploy() {
        chat = new ListeningChat(redis, folder);
    }

    @AfterEach
    void end() {
        chat.close();
    }
}
