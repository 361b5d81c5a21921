package io.signalbox.update;

import io.signalbox.runner.Folders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file by which an update puts a release on trial: as long as it is there, failures are counted against it. */
record Trial(Path file) {
    static Trial in(Path state) {
        return new Trial(state.resolve("trial"));
    }

    /** Whether that release is on trial now. Blocks. */
    boolean isOf(String commit) throws IOException {
        try {
            return commit.equals(new JsonObject(Files.readString(file)).getString("to"));
        } catch (NoSuchFileException nothing) {
            return false;
        } catch (DecodeException | ClassCastException damaged) {
            throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** It has passed. Blocks. */
    void end() throws IOException {
        Files.deleteIfExists(file);
        Folders.sync(file.resolveSibling("."));
    }
}
