package io.signalbox;

import io.signalbox.bus.Home;
import io.signalbox.runner.Folders;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that this bot alone writes to: locked while it lives, with its pid and, once it serves, {@code ready}. */
final class StateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    private final Path folder;
    private final FileLock lock;
    private final Home home;

    private StateFolder(Path folder, FileLock lock, Home home) {
        this.folder = folder;
        this.lock = lock;
        this.home = home;
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
        StateFolder state = new StateFolder(
                folder, lock, new Home(id(folder), Files.readString(HOST).strip()));
        Files.deleteIfExists(folder.resolve("ready"));
        forgetPlanning(folder);
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

    /** The name that runs of this folder bear in the brain: made once, since it has to outlive every bot. */
    private static String id(Path folder) throws IOException {
        Path file = folder.resolve("id");
        if (!Files.exists(file)) {
            Path complete = Files.writeString(folder.resolve("id.new"), UUID.randomUUID() + "\n");
            Folders.sync(complete);
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
            Folders.sync(folder);
        }
        String id = Files.readString(file).strip();
        if (id.isEmpty()) {
            throw new IOException(
                    file + " is empty; it names this folder in the brain: put back what it held, or remove it"
                            + " where no run is under way");
        }
        return id;
    }

    /** What a bot that was killed was planning; whatever of that still lives is ended by its own limit of time. */
    private static void forgetPlanning(Path folder) {
        try {
            Folders.delete(folder.resolve("plans"));
        } catch (IOException inUse) {
            LOG.atWarn().addKeyValue("error", inUse.getMessage()).log("Folders of old plannings stay for now");
        }
    }

    /** Where the runs of this bot have their files. */
    Home home() {
        return home;
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
