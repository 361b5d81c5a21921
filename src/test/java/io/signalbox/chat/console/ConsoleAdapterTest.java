package io.signalbox.chat.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Room;
import io.signalbox.chat.Message;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ConsoleAdapterTest {
    private final CountDownLatch held = new CountDownLatch(1);
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void aTerminalThatIsHeldHoldsNobodyUpAndKeepsTheOrder() throws Exception {
        Vertx vertx = Vertx.vertx();
        PrintStream out = new PrintStream(new Held(), true, StandardCharsets.UTF_8);
        ConsoleAdapter console = new ConsoleAdapter(vertx, "anna", "ops", new StringReader(""), out);

        Future<String> first = console.post(Message.of("1", Room.of("console", "ops"), "one"), "");
        Future<String> second = console.post(Message.of("2", Room.of("console", "ops"), "two"), "");
        assertThat(first.isComplete()).isFalse();
        held.countDown();
        second.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n");
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private final class Held extends OutputStream {
        @Override
        public void write(int b) {
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            shown.write(b);
        }
    }
}
