package io.signalbox.run;

import io.signalbox.bus.CommandId;
import io.signalbox.runner.Folders;
import io.signalbox.runner.Invocation;
import io.signalbox.runner.VarsFile;
import io.signalbox.runner.Workplace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the folders of runs, complete and on the disk before anybody hears of them. */
final class RunFolders {
    private final Vertx vertx;
    private final Workplace workplace;
    private final RunRules rules;
    private final VarsFile varsFile;

    RunFolders(Vertx vertx, Workplace workplace, RunRules rules) {
        this.vertx = vertx;
        this.workplace = workplace;
        this.rules = rules;
        this.varsFile = new VarsFile(vertx);
    }

    Path of(CommandId id) {
        return workplace.runs().resolve(id.value());
    }

    /** Those that nobody lives in, the one that was changed last at the end. */
    Future<List<PastFolder>> atRest() {
        return vertx.executeBlocking(
                () -> {
                    List<PastFolder> found = new ArrayList<>();
                    if (Files.isDirectory(workplace.runs())) {
                        try (DirectoryStream<Path> all = Files.newDirectoryStream(workplace.runs())) {
                            for (Path each : all) {
                                PastFolder.at(each, rules.conduct().outputBytes())
                                        .ifPresent(found::add);
                            }
                        }
                    }
                    found.sort(Comparator.comparing(PastFolder::changed));
                    return found;
                },
                false);
    }

    Future<Void> remove(CommandId id) {
        return vertx.executeBlocking(
                () -> {
                    Folders.delete(of(id));
                    return null;
                },
                false);
    }

    /** Fails where a run was begun in this folder before: what it left would be taken for this one's. */
    Future<Void> write(CommandId id, Invocation invocation, @Nullable String lock, Duration timeout) {
        JsonObject plan = new JsonObject()
                .put("command", id.value())
                .put("argv", new JsonArray(invocation.argv()))
                .put("cwd", invocation.folder().toString())
                .put("environment", texts(invocation.environment()))
                .put("environment_files", texts(invocation.environmentFiles()))
                .put("lock", lock)
                .put("locks", workplace.locks().toString())
                .put("timeout_seconds", timeout.toMillis() / 1000.0)
                .put("output_bytes", rules.conduct().outputBytes());
        rules.grace().ifPresent(grace -> plan.put("grace_seconds", grace.toMillis() / 1000.0));
        return unclaimed(id)
                .compose(free -> varsFile.write(of(id), invocation.vars()))
                .compose(written -> vertx.executeBlocking(
                        () -> {
                            write(of(id), plan.encodePrettily());
                            return null;
                        },
                        false));
    }

    private Future<Void> unclaimed(CommandId id) {
        return vertx.executeBlocking(
                () -> {
                    if (Files.exists(of(id).resolve("claimed"))) {
                        throw new IOException("a run was begun in " + of(id) + " before");
                    }
                    return null;
                },
                false);
    }

    private static JsonObject texts(Map<String, ?> map) {
        JsonObject json = new JsonObject();
        map.forEach((name, value) -> json.put(name, value.toString()));
        return json;
    }

    private static void write(Path folder, String plan) throws IOException {
        Path unfinished = folder.resolve(".plan." + UUID.randomUUID());
        try (FileChannel file = FileChannel.open(
                Files.createFile(
                        unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(plan.getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        }
        Files.move(unfinished, new RunFolder(folder).plan(), StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(folder);
        Folders.sync(folder.resolveSibling("."));
    }
}
