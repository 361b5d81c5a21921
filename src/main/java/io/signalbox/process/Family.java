package io.signalbox.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program and everything that came from it, also what has left its parent and its session: that is known by a variable
 * that all of it inherits.
 */
record Family(String name) {
    private static final Logger LOG = LoggerFactory.getLogger(Family.class);
    private static final String MARK = "SIGNALBOX_CHILD";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_MILLIS = 50;

    static Family fresh() {
        return new Family(UUID.randomUUID().toString());
    }

    Map<String, String> mark() {
        return Map.of(MARK, name);
    }

    /** Kills until none is left, since what is being killed may still be forking. */
    void end(Process process) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        Set<ProcessHandle> living = living(process);
        while (!living.isEmpty()) {
            living.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() - deadline >= 0) {
                LOG.atError().addKeyValue("target", living).log("Processes outlived their kill");
                return;
            }
            awaitEnd(living);
            living = living(process);
        }
    }

    private static void awaitEnd(Set<ProcessHandle> living) throws InterruptedException {
        var ends = living.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stillThere) {
            LOG.atTrace().log("Not all have ended yet");
        }
    }

    private Set<ProcessHandle> living(Process process) {
        Set<ProcessHandle> family = new HashSet<>();
        process.toHandle().descendants().forEach(family::add);
        ProcessHandle.allProcesses().filter(this::bearsMark).forEach(family::add);
        family.add(process.toHandle());
        family.removeIf(each -> !isAlive(each));
        return family;
    }

    /** Dead but not yet waited for by whoever inherited it is dead enough. */
    private static boolean isAlive(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        try {
            String stat = read(handle, "stat");
            return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean bearsMark(ProcessHandle handle) {
        try {
            return Arrays.asList(read(handle, "environ").split("\0", -1)).contains(MARK + "=" + name);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    private static String read(ProcessHandle handle, String file) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(handle.pid()), file), StandardCharsets.ISO_8859_1);
    }
}
