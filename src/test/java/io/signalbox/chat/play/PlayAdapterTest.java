package io.signalbox.chat.play;

import static io.signalbox.fixture.Eventually.result;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.chat.Ear;
import io.signalbox.chat.Said;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class PlayAdapterTest {
    @Test
    void aFolderThatIsNotThereIsNamedWithItsSetting(Vertx vertx, @TempDir Path folder) {
        Path socket = folder.resolve("nowhere/play.sock");
        PlayAdapter adapter = new PlayAdapter(vertx, socket);

        assertThatThrownBy(() -> result(adapter.open(new Deaf())))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("nobody can listen at " + socket, "'chat.play-socket'");
    }

    private static final class Deaf implements Ear {
        @Override
        public Future<Boolean> hear(Said said) {
            return Future.succeededFuture(false);
        }

        @Override
        public Future<Void> rest(BooleanSupplier wanted) {
            return Future.succeededFuture();
        }
    }
}
