package io.signalbox.runner;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.FileSystem;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** The file of extra variables that a playbook is given. */
public final class VarsFile {
    private static final String OWNER_ONLY = "rw-------";
    private static final String OWNER_ONLY_FOLDER = "rwx------";

    private static final CopyOptions REPLACE =
            new CopyOptions().setReplaceExisting(true).setAtomicMove(true);

    private final FileSystem files;

    public VarsFile(Vertx vertx) {
        this.files = vertx.fileSystem();
    }

    /** The path of the file in the folder of a run or of a plan. */
    public static Path in(Path folder) {
        return folder.resolve("vars.json");
    }

    /** Makes {@code folder} where it is missing, and the file in it, complete or not at all. */
    public Future<Void> write(Path folder, Map<String, Object> vars) {
        String file = in(folder).toString();
        String unfinished = file + "." + UUID.randomUUID() + ".part";
        return files.mkdirs(folder.toString(), OWNER_ONLY_FOLDER)
                .compose(made -> files.createFile(unfinished, OWNER_ONLY))
                .compose(created -> files.writeFile(
                        unfinished, Buffer.buffer(UnsafeJson.of(vars).encode())))
                .compose(written -> files.move(unfinished, file, REPLACE));
    }
}
