package io.signalbox.run;

import io.signalbox.bus.Person;
import io.signalbox.fixture.LocalRedis;
import io.signalbox.fixture.NoBlockedThreads;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An audit log that has everything at once, and a project with a program that waits until the test opens its gate. */
@ExtendWith(NoBlockedThreads.class)
@Timeout(120)
abstract class RecordedRuns {
    static final Person BERT = new Person("play:bert", "bert");

    private final LocalRedis redis;
    final Project project;
    final Path gate;

    RecordedRuns(LocalRedis redis, Path home) throws IOException {
        this.redis = redis;
        project = new Project(home);
        gate = home.resolve("gate");
        project.program("wait", Project.waiting(gate, 0));
    }

    @BeforeEach
    void everythingIsRecorded() {
        redis.tell("SET", "sb:audit:acked", Long.toString(Long.MAX_VALUE));
    }
}
