package io.signalbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder that this bot alone writes to: locked while it lives, with its pid and, once it serves, {@code ready}. */
final class StateFolder {
    private final Path folder;
    private final FileLock lock;

    private StateFolder(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes the folder where it is missing; throws {@link IOException} saying who holds it where another bot does. */
    static StateFolder take(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel file = FileChannel.open(
                folder.resolve("bot.pid"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = tryLock(file);
        if (lock == null) {
            String holder = Files.readString(folder.resolve("bot.pid")).strip();
            file.close();
            throw new IOException("another bot (process " + holder + ") uses " + folder
                    + "; stop it, or give this one a folder of its own with the setting 'state'");
        }
        StateFolder state = new StateFolder(folder, lock);
        Files.deleteIfExists(folder.resolve("ready"));
        file.truncate(0);
        // Through the locked channel: closing a second one on the same file would give the lock up.
        file.write(ByteBuffer.wrap(pid().getBytes(StandardCharsets.US_ASCII)), 0);
        return state;
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** The stages are deployed: whoever waits for {@code ready} may speak. */
    void ready() throws IOException {
        Path complete = Files.writeString(folder.resolve("ready.new"), pid());
        Files.move(complete, folder.resolve("ready"), StandardCopyOption.ATOMIC_MOVE);
    }

    void leave() throws IOException {
        Files.deleteIfExists(folder.resolve("ready"));
        lock.release();
    }

    private static String pid() {
        return ProcessHandle.current().pid() + "\n";
    }
}
