package io.signalbox.run;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * One process, told apart from a later one that got the same number.
 *
 * @param start in clock ticks since boot
 * @param boot the id of that boot
 */
record ProcessIdentity(long pid, long start, String boot) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int STATE = 0;
    private static final int START = 19;

    static ProcessIdentity wrapper(JsonObject claimed) {
        return new ProcessIdentity(claimed.getLong("pid"), claimed.getLong("start"), claimed.getString("boot"));
    }

    static ProcessIdentity child(JsonObject pid) {
        JsonObject child = pid.getJsonObject("child");
        return new ProcessIdentity(child.getLong("pid"), child.getLong("start"), pid.getString("boot"));
    }

    /** Blocks. A process that is dead and only not yet waited for is not alive. */
    boolean isAlive() throws IOException {
        if (!boot.equals(Files.readString(BOOT).strip())) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[START]) == start && !fields[STATE].equals("Z") && !fields[STATE].equals("X");
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException gone) {
            // A process that ends while its file is open makes the reading fail with ESRCH.
            if (Files.exists(Path.of("/proc", Long.toString(pid)))) {
                throw gone;
            }
            return false;
        }
    }
}
