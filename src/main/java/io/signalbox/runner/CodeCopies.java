package io.signalbox.runner;

import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CatalogLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Immutable copies of what commands run, one for each content: a run is what was approved, whatever is edited since. */
public final class CodeCopies {
    private static final List<String> PARTS = List.of(
            "ansible.cfg",
            "playbooks",
            "roles",
            "inventory",
            "callback_plugins",
            "filter_plugins",
            "library",
            "module_utils",
            "programs");
    /** A plan is made on a copy before any command names it: young ones are left alone. */
    private static final Duration YOUNG = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(CodeCopies.class);

    private final Vertx vertx;
    private final Git git;
    private final Workplace workplace;
    private final InstantSource clock;
    /** Copies that this process has made, or read and found whole. */
    private final Set<String> sound = new HashSet<>();

    public CodeCopies(Vertx vertx, Git git, Workplace workplace, InstantSource clock) {
        this.vertx = vertx;
        this.git = git;
        this.workplace = workplace;
        this.clock = clock;
    }

    /** The project folder as it is now; fails with an {@link IOException} that names the file that could not be copied. */
    public Future<CodeCopy> current() {
        List<String> parts = new ArrayList<>(PARTS);
        parts.addAll(workplace.catalog());
        return git.uncommitted(workplace.code(), parts)
                .map(names -> names.stream().filter(CodeTree::isPart).toList())
                .compose(uncommitted -> vertx.executeBlocking(() -> copy(parts, uncommitted), false));
    }

    public Path folder(String hash) {
        return home().resolve(hash);
    }

    /** {@link Catalog#sources} of this copy; fails with an {@link IOException} where it cannot be told. */
    public Future<String> catalog(String hash) {
        Path folder = folder(hash);
        List<Path> files = workplace.catalog().stream().map(folder::resolve).toList();
        return vertx.executeBlocking(
                () -> {
                    try {
                        return new CatalogLoader(folder, files).sources();
                    } catch (BadCatalog unreadable) {
                        throw new IOException(unreadable.getMessage(), unreadable);
                    }
                },
                false);
    }

    /** Removes copies that no command names any more. */
    public Future<Void> keepOnly(Set<String> hashes) {
        return vertx.executeBlocking(
                () -> {
                    removeAllBut(hashes);
                    return null;
                },
                false);
    }

    private Path home() {
        return workplace.state().resolve("code");
    }

    private CodeCopy copy(List<String> parts, List<String> uncommitted) throws IOException {
        CodeTree tree = CodeTree.read(workplace.code(), parts);
        String hash = tree.hash();
        Path folder = folder(hash);
        synchronized (sound) {
            if (!isSound(hash, parts)) {
                Files.createDirectories(home());
                Path unfinished = home().resolve("unfinished-" + UUID.randomUUID());
                tree.write(unfinished);
                put(unfinished, folder);
            }
            sound.add(hash);
        }
        Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
        return new CodeCopy(hash, folder, uncommitted);
    }

    /** A copy of an earlier process is read once: what a person approves is what it holds, not what it is called. */
    private boolean isSound(String hash, List<String> parts) throws IOException {
        Path folder = folder(hash);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        if (sound.contains(hash) || CodeTree.read(folder, parts).hash().equals(hash)) {
            return true;
        }
        LOG.atWarn().addKeyValue("target", folder).log("A copy of the code is damaged and is made anew");
        Folders.delete(folder);
        return false;
    }

    private static void put(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            Folders.sync(folder.resolveSibling("."));
        } catch (IOException failure) {
            Folders.delete(unfinished);
            // Somebody else made the same copy in the meantime: it is as good.
            if (!Files.isDirectory(folder)) {
                throw failure;
            }
        }
    }

    private void removeAllBut(Set<String> hashes) throws IOException {
        if (!Files.isDirectory(home())) {
            return;
        }
        try (var copies = Files.list(home())) {
            for (Path copy : copies.toList()) {
                boolean old = Files.getLastModifiedTime(copy)
                        .toInstant()
                        .isBefore(clock.instant().minus(YOUNG));
                if (old && !hashes.contains(copy.getFileName().toString())) {
                    Folders.delete(copy);
                }
            }
        }
    }
}
